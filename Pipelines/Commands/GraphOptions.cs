using System.CommandLine;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>How <c>export</c> writes graphs, as options of the command line.</summary>
internal sealed class GraphOptions
{
    private readonly Option<int> opset = new("--opset")
    {
        Description = $"ONNX's operator set, {OnnxVersions.OldestOpset} to {OnnxVersions.NewestOpset}: an older one for an older runtime.",
        HelpName = "N",
        DefaultValueFactory = _ => OnnxVersions.DefaultOpset,
    };

    private readonly Option<string[]> names = new("--name")
    {
        Description = $"New name for an input or output, for example {OnnxNames.Pixels}=image. May be repeated.",
        HelpName = "OLD=NEW",
    };

    private readonly Option<string> batchAxis = new("--batch-axis")
    {
        Description = "Name of the batch dimension.",
        HelpName = "NAME",
        DefaultValueFactory = _ => OnnxNames.Batch,
    };

    private readonly Option<int?> fixedBatch = new("--fixed-batch") { Description = "Fix the batch at this many rows.", HelpName = "N" };

    private readonly Option<string[]> metadata = new("--metadata")
    {
        Description = "Metadata entry. May be repeated.",
        HelpName = "KEY=VALUE",
    };

    private readonly Option<string> description = new("--description")
    {
        Description = "Doc string of the files. [default: a sentence on what each file is]",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<bool> nodeDescriptions = new("--node-descriptions")
    {
        Description = "Write the layer's name into the doc string of each node.",
    };

    private readonly Option<bool> keepBatchNorm = new("--keep-batch-norm")
    {
        Description = "Keep batch normalization as a node. [default: it is folded into the layer before]",
    };

    private readonly Option<bool> keepTrainingModules = new("--keep-training-modules")
    {
        Description = "Keep Dropout and the like as nodes that do nothing.",
    };

    private readonly Option<bool> noFolding = new("--no-constant-folding") { Description = "Do not compute constant nodes at export." };

    /// <summary>Declares the options.</summary>
    public void AddTo(Command command)
    {
        opset.RequireBetween(OnnxVersions.OldestOpset, OnnxVersions.NewestOpset);
        fixedBatch.RequireAtLeast(1);
        foreach (Option option in new Option[] { opset, names, batchAxis, fixedBatch, metadata, description, nodeDescriptions, keepBatchNorm, keepTrainingModules, noFolding })
        {
            command.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">A pair is none, or begins with a name that no file has.</exception>
    public OnnxExportOptions Read(ParseResult arguments)
    {
        Dictionary<string, string> renamed = NamePairs.Parse("--name", arguments.GetValue(names) ?? []);
        if (renamed.Keys.FirstOrDefault(name => !OnnxNames.Values.Contains(name)) is { } unknown)
        {
            throw new UsageException($"--name knows {string.Join(", ", OnnxNames.Values)}, not '{unknown}'.");
        }

        return Read(arguments, renamed);
    }

    private OnnxExportOptions Read(ParseResult arguments, Dictionary<string, string> renamed) => new()
    {
        Opset = arguments.GetValue(opset),
        Renamed = renamed,
        DynamicAxes = arguments.GetValue(fixedBatch) is null ? new Dictionary<int, string> { [0] = arguments.GetRequiredValue(batchAxis) } : [],
        BatchSize = arguments.GetValue(fixedBatch) ?? 1,
        Metadata = NamePairs.Parse("--metadata", arguments.GetValue(metadata) ?? [], "key=value"),
        Description = arguments.GetRequiredValue(description),
        NodeDescriptions = arguments.GetValue(nodeDescriptions),
        FoldBatchNorm = !arguments.GetValue(keepBatchNorm),
        RemoveTrainingModules = !arguments.GetValue(keepTrainingModules),
        FoldConstants = !arguments.GetValue(noFolding),
    };
}
