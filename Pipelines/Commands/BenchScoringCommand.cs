using System.CommandLine;
using System.Globalization;
using OnnxAE.Inference.DataSets;
using OnnxAE.Models;
using OnnxAE.Pipelines.Bench;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Progress;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>bench scoring</c>: encoding rows through ML.NET, against stock ML.NET and ONNX Runtime by itself.</summary>
internal sealed class BenchScoringCommand : CliCommand
{
    private static readonly string[] UsualModels = ["S0.mlp", "S3.dense30", "S0.conv2", "S2.conv49"];

    private readonly Option<string[]> models = new("--models")
    {
        Description = $"Whose encoders, with random weights. [default: {string.Join(" ", UsualModels)}]",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> rows = new("--rows")
    {
        Description = "Images of Fashion-MNIST to score, at most 60,000: in each round, or in all rounds together where one would take long.",
        HelpName = "N",
        DefaultValueFactory = _ => 60_000,
    };

    private readonly Option<int> rounds = new("--rounds")
    {
        Description = "Passes of each, in turn; medians are printed.",
        HelpName = "N",
        DefaultValueFactory = _ => 7,
    };

    /// <summary>Declares what the command takes.</summary>
    public BenchScoringCommand(CliContext context)
        : base("scoring", "Encodes images through ML.NET, stock ML.NET and ONNX Runtime by itself, in turn, and compares the speed.", context)
    {
        rows.RequireAtLeast(1);
        rounds.RequireAtLeast(1);
        Add(models);
        Add(rows);
        Add(rounds);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Architecture[] architectures = [.. (arguments.GetValue(models) is { Length: > 0 } named ? named : UsualModels).Select(ModelCatalog.Get)];
        LabeledImages images = await new LabeledImagesLoader(new DataSetStore()).LoadAsync("fashion-mnist", new Progress<DataSetProgress>(), cancellationToken);
        var data = new ScoringData(images.Train, Math.Min(arguments.GetValue(rows), images.Train.Count));
        using NodePeer? peer = NodePeer.TryStart(data, cancellationToken);
        int count = arguments.GetValue(rounds);
        var bench = new ScoringBench(data, peer, count);
        Context.WriteLine(peer is null ? NodePeer.HowToInstall : $"onnxruntime-node {peer.Version} is compared with, too");
        string folder = Directory.CreateTempSubdirectory("onnxae-bench-").FullName;
        try
        {
            ScoringPlan[] plans = [.. architectures.Select(a => ScoringPlan.Of(a.Name, Export(a, folder), data, count))];
            List<ScoringRate> rates = await ProgressDisplay.For(Context).RunAsync(
                "Scoring", step => Task.FromResult(RunAll(bench, plans, count, step, cancellationToken)));
            Write(rates, peer?.Version);
            return new { Processors = Environment.ProcessorCount, OnnxRuntimeNode = peer?.Version, Libraries = LibraryVersion.Describe(), Models = rates };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<ScoringRate> RunAll(
        ScoringBench bench, ScoringPlan[] plans, int rounds, IProgressStep step, CancellationToken cancellationToken)
    {
        double all = plans.Sum(plan => plan.Seconds(rounds));
        double before = 0;
        List<ScoringRate> rates = [];
        foreach (ScoringPlan plan in plans)
        {
            rates.Add(bench.Run(plan, (seconds, status) => step.Report((before + seconds) / all, status), cancellationToken));
            before += plan.Seconds(rounds);
        }

        return rates;
    }

    // The tensors have the columns' names, on which stock ML.NET insists.
    private static string Export(Architecture architecture, string folder)
    {
        string path = Path.Combine(folder, $"{architecture.Name}.onnx");
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        OnnxExporter.Export(network.Encoder, [network.InputSize], path, new OnnxExportOptions
        {
            InputName = "Pixels",
            OutputName = ViewScorer.Column,
            Metadata = new Dictionary<string, string> { ["Image.NominalPixelRange"] = "Normalized_0_1" },
        });
        return path;
    }

    private void Write(IReadOnlyList<ScoringRate> rates, string? nodeVersion)
    {
        var table = new ResultTable(
            "encoder", "#rows/s", "#ONNX Runtime", "#ratio", "#stock", "#ratio", "#1 thread", "#ratio", "#node", "#bytes/row", "#first row");
        foreach (ScoringRate rate in rates)
        {
            table.Add(
                rate.Id,
                Text($"{rate.RowsPerSecond:N0}"),
                Text($"{rate.RawRowsPerSecond:N0}"),
                Text($"{rate.RatioToRaw:F2}"),
                Text($"{rate.StockRowsPerSecond:N0}"),
                Text($"{rate.RatioToStock:F1}"),
                Text($"{rate.TunedStockRowsPerSecond:N0}"),
                Text($"{rate.RatioToTunedStock:F1}"),
                rate.NodeRowsPerSecond is { } node ? Text($"{node:N0}") : "-",
                Text($"{rate.BytesPerRow:F1}"),
                Text($"{rate.FirstRowMilliseconds:F0} ms"));
        }

        table.Write(Context);
        var aims = new ResultTable("encoder", "#", "figure", "aim", "");
        foreach ((ScoringRate rate, ScoringAim aim) in rates.SelectMany(rate => rate.Aims.Select(aim => (rate, aim))))
        {
            aims.Add(rate.Id, Text($"{aim.Found:F2}"), aim.Figure, Text($"{(aim.IsMost ? "at most" : "at least")} {aim.Bound:0.##}"), aim.IsMet ? "met" : "missed");
        }

        aims.Write(Context);
        foreach (ScoringRate rate in rates)
        {
            Context.WriteLine(Text($"{rate.Id}: batches of {rate.BatchSize}, {rate.ProcessorRatioToRaw:F2} of ONNX Runtime by processor time; ONNX Runtime's best of all settings: {rate.RawSetting}")
                + (rate.NodeSetting is null ? "" : $"; node's: {rate.NodeSetting}"));
        }

        Context.WriteLine(Text($"{Environment.ProcessorCount} processors; ") + (nodeVersion is null ? "without onnxruntime-node" : $"onnxruntime-node {nodeVersion}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
