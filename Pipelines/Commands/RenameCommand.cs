using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>rename</c>: other names for the inputs and outputs of an ONNX file.</summary>
internal sealed class RenameCommand : CliCommand
{
    private readonly Argument<string> file = new("FILE") { Description = "An ONNX file." };

    private readonly Option<string[]> inputs = Pairs("--input", "An input with its new name.");

    private readonly Option<string[]> outputs = Pairs("--output", "An output with its new name.");

    private readonly Option<string> output = new("--out") { Description = "File to write; an existing one is replaced.", HelpName = "FILE", Required = true };

    /// <summary>Declares what the command takes.</summary>
    public RenameCommand(CliContext context)
        : base("rename", "Renames inputs and outputs of an ONNX file.", context)
    {
        Add(file);
        Add(inputs);
        Add(outputs);
        Add(output);
    }

    /// <inheritdoc/>
    protected override bool NeedsLibtorch => false;

    /// <inheritdoc/>
    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Dictionary<string, string> newInputs = NamePairs.Parse("--input", arguments.GetRequiredValue(inputs));
        Dictionary<string, string> newOutputs = NamePairs.Parse("--output", arguments.GetRequiredValue(outputs));
        if (newInputs.Count + newOutputs.Count == 0)
        {
            throw new UsageException("Nothing is to be renamed; give --input old=new or --output old=new.");
        }

        string path = arguments.GetRequiredValue(output);
        byte[] model = OnnxRenamer.Rename(arguments.GetRequiredValue(file), newInputs, newOutputs);
        AtomicFile.Write(path, stream => stream.Write(model), cancellationToken);
        return Task.FromResult(WrittenModel.Show(Context, path));
    }

    private static Option<string[]> Pairs(string name, string description) =>
        new(name) { Description = description, HelpName = "OLD=NEW", DefaultValueFactory = _ => [] };
}
