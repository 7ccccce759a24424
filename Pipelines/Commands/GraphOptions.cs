using System.CommandLine;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>How <c>export</c> writes graphs, as options of the command line.</summary>
internal sealed class GraphOptions
{
    private readonly Option<int> _opset = CliOptions.Number(
        "--opset",
        $"Operator set of ONNX, {OnnxVersions.OldestOpset} to {OnnxVersions.NewestOpset}. Older runtimes need an older one.",
        OnnxVersions.DefaultOpset).RequireBetween(OnnxVersions.OldestOpset, OnnxVersions.NewestOpset);

    private readonly Option<string[]> _names = new("--name")
    {
        Description = $"New name for an input or output, for example {OnnxNames.Pixels}=image. May be repeated.",
        HelpName = "OLD=NEW",
    };

    private readonly Option<string> _batchAxis = new("--batch-axis")
    {
        Description = "Name of the batch dimension.",
        HelpName = "NAME",
        DefaultValueFactory = _ => OnnxNames.Batch,
    };

    private readonly Option<int?> _fixedBatch = CliOptions.Number("--fixed-batch", "Fix the batch at this many rows.").RequireAtLeast(1);
    private readonly Option<string[]> _metadata = new("--metadata") { Description = "Metadata entry. May be repeated.", HelpName = "KEY=VALUE" };

    private readonly Option<string> _description = new("--description")
    {
        Description = "Doc string of the files. [default: a description of each file]",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<bool> _nodeDescriptions = new("--node-descriptions") { Description = "Write the layer's name into the doc string of each node." };

    private readonly Option<bool> _keepBatchNorm = new("--keep-batch-norm")
    {
        Description = "Keep batch normalization as a node. [default: it is folded into the layer before]",
    };

    private readonly Option<bool> _keepTrainingModules = new("--keep-training-modules") { Description = "Keep Dropout and the like as nodes that do nothing." };
    private readonly Option<bool> _noFolding = new("--no-constant-folding") { Description = "Do not compute constant nodes at export." };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
        [_opset, _names, _batchAxis, _fixedBatch, _metadata, _description, _nodeDescriptions, _keepBatchNorm, _keepTrainingModules, _noFolding];

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">A pair is none, or begins with a name that no file has.</exception>
    public OnnxExportOptions Read(ParseResult arguments)
    {
        Dictionary<string, string> renamed = CliOptions.ParsePairs("--name", arguments.GetValue(_names) ?? []);
        if (renamed.Keys.FirstOrDefault(name => !OnnxNames.Values.Contains(name)) is { } unknown)
        {
            throw new UsageException($"--name knows {string.Join(", ", OnnxNames.Values)}, not '{unknown}'.");
        }

        return new OnnxExportOptions
        {
            Opset = arguments.GetValue(_opset),
            Renamed = renamed,
            DynamicAxes = arguments.GetValue(_fixedBatch) is null ? new Dictionary<int, string> { [0] = arguments.GetRequiredValue(_batchAxis) } : [],
            BatchSize = arguments.GetValue(_fixedBatch) ?? 1,
            Metadata = CliOptions.ParsePairs("--metadata", arguments.GetValue(_metadata) ?? [], "key=value"),
            Description = arguments.GetRequiredValue(_description),
            NodeDescriptions = arguments.GetValue(_nodeDescriptions),
            FoldBatchNorm = !arguments.GetValue(_keepBatchNorm),
            RemoveTrainingModules = !arguments.GetValue(_keepTrainingModules),
            FoldConstants = !arguments.GetValue(_noFolding),
        };
    }
}
