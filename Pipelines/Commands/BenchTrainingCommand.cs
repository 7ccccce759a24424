using System.CommandLine;
using System.Globalization;
using OnnxAE.Inference.Data;
using OnnxAE.Inference.DataSets;
using OnnxAE.Models;
using OnnxAE.Pipelines.Bench;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Progress;
using OnnxAE.Training;
using TorchSharp;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>bench training</c>: training speed against PyTorch on the same libtorch.</summary>
internal sealed class BenchTrainingCommand : CliCommand
{
    // Enough steps for a steady pace; a convolutional step takes fifty times a dense one's time.
    private static readonly Dictionary<string, int> ImagesPerRound = new(StringComparer.OrdinalIgnoreCase)
    {
        ["S2.deep49"] = 30_720,
        ["S3.dense30"] = 6_400,
        ["S0.conv2"] = 600,
        ["S2.conv49"] = 512,
    };

    private readonly Option<string[]> models = new("--models")
    {
        Description = $"Which networks. [default: {string.Join(" ", ImagesPerRound.Keys)}]",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> rounds = new("--rounds")
    {
        Description = "Measurements of each, in turn with PyTorch's; medians are printed.",
        HelpName = "N",
        DefaultValueFactory = _ => 7,
    };

    /// <summary>Declares what the command takes.</summary>
    public BenchTrainingCommand(CliContext context)
        : base("training", "Trains networks here and in PyTorch on the same libtorch, in turn, and compares the speed.", context)
    {
        rounds.RequireAtLeast(1);
        Add(models);
        Add(rounds);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] ids = arguments.GetValue(models) is { Length: > 0 } named ? named : [.. ImagesPerRound.Keys];
        if (ids.FirstOrDefault(id => !ImagesPerRound.ContainsKey(id)) is { } unknown)
        {
            throw new UsageException($"--models takes {string.Join(", ", ImagesPerRound.Keys)}, not '{unknown}'.");
        }

        int threads = torch.get_num_threads();
        var rates = new List<TrainingRate>();
        string? version = null;
        foreach (string id in ids)
        {
            Architecture architecture = ModelCatalog.Get(id);
            ImageSet images = await LoadAsync(architecture.DataSet, ImagesPerRound[id], cancellationToken);
            using PyTorchPeer? peer = PyTorchPeer.TryStart(images, threads, cancellationToken);
            version ??= peer?.Version;
            rates.Add(await ProgressDisplay.For(Context).RunAsync($"Training {architecture.Name}", step => Task.FromResult(
                new TrainingBench(images, peer, arguments.GetValue(rounds)).Run(architecture, step, cancellationToken))));
        }

        Write(rates, threads, version);
        return new { Threads = threads, Libtorch = torch.__version__, PyTorch = version, Libraries = LibraryVersion.Describe(), Models = rates };
    }

    private static async Task<ImageSet> LoadAsync(string dataSet, int count, CancellationToken cancellationToken)
    {
        LabeledImages data = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(dataSet, new Progress<DataSetProgress>(), cancellationToken);
        return new ImageSet(data.Train.Pixels[..(count * data.Train.PixelCount)], data.Train.Height, data.Train.Width);
    }

    private void Write(IReadOnlyList<TrainingRate> rates, int threads, string? version)
    {
        var table = new ResultTable(
            "id", "#parameters", "#batch", "#images/s", "#PyTorch", "#ratio", "#by processor time", "#GFLOP/s", "#products alone", "#share");
        foreach (TrainingRate rate in rates)
        {
            table.Add(
                rate.Id,
                Text($"{rate.Parameters:N0}"),
                Text($"{rate.BatchSize}"),
                Text($"{rate.SamplesPerSecond:N0}"),
                rate.PyTorchSamplesPerSecond is { } other ? Text($"{other:N0}") : "-",
                rate.Ratio is { } ratio ? Text($"{ratio:F2}") : "-",
                rate.ProcessorRatio is { } used ? Text($"{used:F2}") : "-",
                rate.GigaFlops is { } flops ? Text($"{flops:F1}") : "-",
                rate.ProductGigaFlops is { } most ? Text($"{most:F1}") : "-",
                rate.GigaFlops / rate.ProductGigaFlops is { } share ? Text($"{share:P0}") : "-");
        }

        table.Write(Context);
        Context.WriteLine(Text($"{threads} threads; libtorch {torch.__version__}"));
        Context.WriteLine(version is null ? PyTorchPeer.HowToInstall : $"PyTorch {version}, the same number of threads, rounds in turn");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
