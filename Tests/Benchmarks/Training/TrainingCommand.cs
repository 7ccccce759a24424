using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;
using TorchSharp;

namespace OnnxAE.Benchmarks;

/// <summary><c>training</c>: training in TorchSharp, against the same in PyTorch.</summary>
/// <param name="context">Console, error stream and clock.</param>
internal sealed class TrainingCommand(CliContext context) : BenchmarkCommand(
    "training", "Trains networks in TorchSharp and in the PyTorch of this machine, in turn, and compares the speed.", [.. ImagesPerRound.Keys], context)
{
    // Enough steps for a steady pace; a convolutional step takes fifty times a dense one's time.
    private static readonly Dictionary<string, int> ImagesPerRound = new()
    {
        ["deep-49"] = 30_720,
        ["dense-30"] = 6_400,
        ["conv-2"] = 600,
        ["conv-49"] = 512,
    };

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(IReadOnlyList<Architecture> architectures, int rounds, CancellationToken cancellationToken)
    {
        if (architectures.FirstOrDefault(architecture => !ImagesPerRound.ContainsKey(architecture.Name)) is { } unknown)
        {
            throw new UsageException($"--models takes {string.Join(", ", ImagesPerRound.Keys)}, not '{unknown.Name}'.");
        }

        int threads = torch.get_num_threads();
        string? version = null;
        List<TrainingRate> rates = [];
        foreach (Architecture architecture in architectures)
        {
            RowSet all = await LoadAsync(architecture.DataSet, cancellationToken);
            RowSet images = all.Slice(0, ImagesPerRound[architecture.Name]);
            var benchmark = new TrainingBenchmark(images, threads, rounds);
            rates.Add(await ProgressDisplay.For(Context).RunAsync(
                $"Training {architecture.Name}", step => Task.FromResult(benchmark.Run(architecture, step, cancellationToken))));
            version = benchmark.PyTorchVersion;
        }

        Write(rates, threads, version);
        return new { Threads = threads, Libtorch = torch.__version__, PyTorch = version, Libraries = LibraryVersion.Describe(), Models = rates };
    }

    private void Write(IReadOnlyList<TrainingRate> rates, int threads, string? version)
    {
        var table = new ResultTable(
            "id", "#parameters", "#batch", "#images/s", "#PyTorch", "#ratio", "#by processor time", "#GFLOP/s", "#products alone", "#share");
        foreach (TrainingRate rate in rates)
        {
            table.Add(
                rate.Id,
                Quantity.Number(rate.Parameters),
                $"{rate.BatchSize}",
                $"{rate.SamplesPerSecond:N0}",
                Text(rate.PyTorchSamplesPerSecond, "N0"),
                Text(rate.Ratio, "F2"),
                Text(rate.ProcessorRatio, "F2"),
                Text(rate.GigaFlops, "F1"),
                Text(rate.ProductGigaFlops, "F1"),
                Text(rate.GigaFlops / rate.ProductGigaFlops, "P0"));
        }

        table.Write(Context);
        Context.WriteLine(version is null
            ? PyTorchPeer.HowToInstall
            : $"TorchSharp on libtorch {torch.__version__} beside PyTorch {version} on its own libtorch, {threads} threads each");
    }

    private static string Text(double? figure, string format) => figure?.ToString(format) ?? "-";
}
