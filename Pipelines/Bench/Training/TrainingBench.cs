using OnnxAE.Inference.Data;
using OnnxAE.Models;
using OnnxAE.Pipelines.Progress;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Bench;

/// <summary>
/// Trains a network here and in PyTorch, epoch by epoch in turn, so that whatever else the machine does meets both
/// alike. What is timed is what a user waits for: the whole loop, with the choice of the rows, bytes to floats, and the
/// loss read back after every step.
/// </summary>
/// <param name="images">What to train on.</param>
/// <param name="peer">PyTorch; null to measure ours alone.</param>
/// <param name="rounds">Epochs to measure, after one to warm up.</param>
internal sealed class TrainingBench(ImageSet images, PyTorchPeer? peer, int rounds)
{
    /// <summary>Measures one network.</summary>
    /// <exception cref="InvalidOperationException">PyTorch's network of this name is another one.</exception>
    public TrainingRate Run(Architecture architecture, IProgressStep step, CancellationToken cancellationToken)
    {
        TrainingOptions options = TrainingOptions.For(architecture) with { Epochs = rounds + 1 };
        using Autoencoder model = architecture.Create(options.Seed);
        long parameters = ModuleWeights.Count(model);
        long others = peer?.Create(architecture, options) ?? parameters;
        if (others != parameters)
        {
            throw new InvalidOperationException($"{architecture.Name} has {parameters:N0} parameters, but PyTorch's has {others:N0}: the two can't be compared.");
        }

        var products = MatrixProducts.Of(model, options.BatchSize);
        var turns = new Turns(peer, products, step, rounds, architecture.Name);
        new AutoencoderTrainer(options).Fit(model, images, callbacks: [turns], cancellationToken: cancellationToken);

        double[] rates = [.. turns.Seconds.Select(seconds => images.Count / seconds)];
        double[] peerRates = [.. turns.PeerSeconds.Select(seconds => images.Count / seconds)];
        double median = Median(rates);
        return new TrainingRate
        {
            Id = architecture.Name,
            Parameters = parameters,
            BatchSize = options.BatchSize,
            Images = images.Count,
            SamplesPerSecond = median,
            PyTorchSamplesPerSecond = peer is null ? null : Median(peerRates),
            Ratio = peer is null ? null : Median([.. rates.Zip(peerRates, (a, b) => a / b)]),
            ProcessorRatio = peer is null ? null : Median([.. turns.PeerProcessor.Zip(turns.Processor, (theirs, ours) => theirs / ours)]),
            GigaFlops = products is null ? null : MatrixProducts.Flops(products) * median / options.BatchSize / 1e9,
            ProductGigaFlops = products is null ? null : Median([.. turns.ProductGigaFlops]),
            Rounds = rates,
            PyTorchRounds = peerRates,
        };
    }

    private static double Median(double[] values)
    {
        Array.Sort(values = [.. values]);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    // After each epoch of ours: PyTorch's, then the plain products. The first of each warms up.
    private sealed class Turns(
        PyTorchPeer? peer, IReadOnlyList<(long, long, long)>? products, IProgressStep step, int rounds, string id) : ITrainingCallback
    {
        private TimeSpan before, after;

        public List<double> Seconds { get; } = [];

        public List<double> Processor { get; } = [];

        public List<double> PeerProcessor { get; } = [];

        public List<double> PeerSeconds { get; } = [];

        public List<double> ProductGigaFlops { get; } = [];

        public void OnTrainingStarted(TrainingRun run) => before = Environment.CpuUsage.TotalTime;

        // The check that follows an epoch's last batch is none of what is compared.
        public void OnBatchCompleted(in TrainingProgress progress) => after = Environment.CpuUsage.TotalTime;

        public void OnEpochCompleted(EpochResult epoch)
        {
            double processor = (after - before).TotalSeconds;
            (double Seconds, double Processor)? other = peer?.TrainEpoch();
            double? rate = products is null ? null : MatrixProducts.MeasureGigaFlops(products);
            if (epoch.Epoch > 1)
            {
                Seconds.Add(epoch.Seconds);
                Processor.Add(processor);
                PeerSeconds.AddRange(other is { } clock ? [clock.Seconds] : []);
                PeerProcessor.AddRange(other is { } used ? [used.Processor] : []);
                ProductGigaFlops.AddRange(rate is { } flops ? [flops] : []);
            }

            step.Report((double)epoch.Epoch / (rounds + 1), $"{id}, {epoch.ImagesPerSecond:F0} images a second");
            before = Environment.CpuUsage.TotalTime;
        }
    }
}
