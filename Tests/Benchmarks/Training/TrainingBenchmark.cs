using MathNet.Numerics.Statistics;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Benchmarks;

/// <summary>How fast a network trains, here and in PyTorch. Rates and ratios are medians of the rounds.</summary>
/// <param name="Id">The network's id.</param>
/// <param name="Parameters">Numbers that training changes.</param>
/// <param name="BatchSize">Images an optimizer step.</param>
/// <param name="Images">Images a round.</param>
/// <param name="SamplesPerSecond">Images a second.</param>
/// <param name="PyTorchSamplesPerSecond">PyTorch's, in rounds in between; null without PyTorch, as all that compares.</param>
/// <param name="Ratio">Ours over PyTorch's.</param>
/// <param name="ProcessorRatio">PyTorch's processor time over ours: a machine with other work to do shows it truer than the clock does.</param>
/// <param name="GigaFlops">Billions of multiplications and additions a second in the layers' products; null for a network that is not dense.</param>
/// <param name="ProductGigaFlops">The same for nothing but those products, one after the other.</param>
/// <param name="Rounds">Images a second in each round.</param>
/// <param name="PyTorchRounds">PyTorch's.</param>
internal sealed record TrainingRate(
    string Id, long Parameters, int BatchSize, int Images, double SamplesPerSecond, double? PyTorchSamplesPerSecond, double? Ratio,
    double? ProcessorRatio, double? GigaFlops, double? ProductGigaFlops, IReadOnlyList<double> Rounds, IReadOnlyList<double> PyTorchRounds);

/// <summary>
/// Trains a network here and in PyTorch, epoch by epoch in turn, so that whatever else the machine does meets both
/// alike. What is timed is what a user waits for: the whole loop, with the choice of the rows, bytes to floats, and the
/// loss read back after every step.
/// </summary>
/// <param name="images">What to train on.</param>
/// <param name="threads">Threads of PyTorch, as many as ours.</param>
/// <param name="rounds">Epochs to measure, after one to warm up.</param>
internal sealed class TrainingBenchmark(RowSet images, int threads, int rounds)
{
    /// <summary>PyTorch's version; null before a network was measured, or without PyTorch.</summary>
    public string? PyTorchVersion { get; private set; }

    /// <summary>Measures one network.</summary>
    /// <exception cref="InvalidOperationException">PyTorch's network of this name is another one.</exception>
    public TrainingRate Run(Architecture architecture, IProgressStep step, CancellationToken cancellationToken)
    {
        TrainingOptions options = TrainingOptions.For(architecture) with { Epochs = rounds + 1 };
        using Autoencoder model = architecture.Create(options.Seed);
        using PyTorchPeer? peer = PyTorchPeer.TryStart(architecture, options, images, threads);
        PyTorchVersion = peer?.Version;
        long parameters = ModuleWeights.Count(model);
        if (peer is not null && peer.Parameters != parameters)
        {
            throw new InvalidOperationException(
                $"{architecture.Name} has {parameters:N0} parameters, but PyTorch's has {peer.Parameters:N0}: the two can't be compared.");
        }

        var products = MatrixProducts.Of(model, options.BatchSize);
        var turns = new Turns(peer, products, epoch => step.Report(
            (double)epoch.Epoch / (rounds + 1), $"{architecture.Name}, {epoch.ImagesPerSecond:F0} images a second"));
        new AutoencoderTrainer(options).Fit(model, images, callbacks: [turns], cancellationToken: cancellationToken);

        Round[] measured = [.. turns.Rounds.Skip(1)]; // the first warms up
        double[] rates = [.. measured.Select(round => images.Count / round.Seconds)];
        double[] peerRates = peer is null ? [] : [.. measured.Select(round => images.Count / round.PeerSeconds)];
        return new TrainingRate(
            architecture.Name,
            parameters,
            options.BatchSize,
            images.Count,
            SamplesPerSecond: rates.Median(),
            PyTorchSamplesPerSecond: peer is null ? null : peerRates.Median(),
            Ratio: peer is null ? null : measured.Select(round => round.PeerSeconds / round.Seconds).Median(),
            ProcessorRatio: peer is null ? null : measured.Select(round => round.PeerProcessor / round.Processor).Median(),
            GigaFlops: products is null ? null : MatrixProducts.Flops(products) * rates.Median() / options.BatchSize / 1e9,
            ProductGigaFlops: products is null ? null : measured.Select(round => round.ProductGigaFlops).Median(),
            rates,
            peerRates);
    }

    // Seconds on the clock and on all processors together.
    private readonly record struct Round(double Seconds, double Processor, double PeerSeconds, double PeerProcessor, double ProductGigaFlops);

    // After each epoch of ours: PyTorch's, then the plain products.
    private sealed class Turns(PyTorchPeer? peer, IReadOnlyList<(long, long, long)>? products, Action<EpochResult> report) : ITrainingCallback
    {
        private TimeSpan _before, _after;

        public List<Round> Rounds { get; } = [];

        public void OnTrainingStarted(TrainingRun run) => _before = Environment.CpuUsage.TotalTime;

        // The check that follows an epoch's last batch is none of what is compared.
        public void OnBatchCompleted(in TrainingProgress progress) => _after = Environment.CpuUsage.TotalTime;

        public void OnEpochCompleted(EpochResult epoch)
        {
            (double seconds, double processor) = peer?.TrainEpoch() ?? default;
            double gigaFlops = products is null ? 0 : MatrixProducts.MeasureGigaFlops(products);
            Rounds.Add(new Round(epoch.Seconds, (_after - _before).TotalSeconds, seconds, processor, gigaFlops));
            report(epoch);
            _before = Environment.CpuUsage.TotalTime;
        }
    }
}
