using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>onnx rename</c>: other names for the inputs and outputs of an ONNX file.</summary>
internal sealed class RenameCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "ONNX file." };
    private readonly Option<string[]> _inputs = new("--input") { Description = "Input with its new name. May be repeated.", HelpName = "OLD=NEW" };
    private readonly Option<string[]> _outputs = new("--output") { Description = "Output with its new name. May be repeated.", HelpName = "OLD=NEW" };
    private readonly Option<string> _output = CliOptions.WrittenFile();

    public RenameCommand(CliContext context)
        : base("rename", "Renames inputs and outputs of an ONNX file.", "encoder.onnx --input pixels=image --out renamed.onnx", context) =>
        Declare(_file, _inputs, _outputs, _output);

    protected override bool NeedsLibtorch => false;

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Dictionary<string, string> newInputs = CliOptions.ParsePairs(_inputs.Name, arguments.GetValue(_inputs) ?? []);
        Dictionary<string, string> newOutputs = CliOptions.ParsePairs(_outputs.Name, arguments.GetValue(_outputs) ?? []);
        if (newInputs.Count + newOutputs.Count == 0)
        {
            throw new UsageException("Nothing is to be renamed; give --input old=new or --output old=new.");
        }

        string path = arguments.GetRequiredValue(_output);
        byte[] model = OnnxRenamer.Rename(arguments.GetRequiredValue(_file), newInputs, newOutputs);
        AtomicFile.Write(path, stream => stream.Write(model), cancellationToken);
        return Task.FromResult(ComposeCommand.Show(Context, path));
    }
}
