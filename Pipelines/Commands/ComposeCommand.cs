using System.CommandLine;
using OnnxAE.Inference.Onnx;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>compose</c>: one ONNX file of two.</summary>
internal sealed class ComposeCommand : CliCommand
{
    private readonly Argument<string> first = new("FIRST") { Description = "An ONNX file, such as encoder.onnx." };

    private readonly Argument<string> second = new("SECOND") { Description = "The ONNX file that takes what the first gives, such as decoder.onnx." };

    private readonly Option<string> output = new("--out") { Description = "The file to write; replaced if there.", HelpName = "FILE", Required = true };

    private readonly Option<string[]> connect = new("--connect")
    {
        Description = "An output of the first with the input of the second that takes it. [default: the only ones]",
        HelpName = "OUTPUT=INPUT",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Declares what the command takes.</summary>
    public ComposeCommand(CliContext context)
        : base("compose", "Makes one ONNX file of two, the second behind the first.", context)
    {
        Add(first);
        Add(second);
        Add(output);
        Add(connect);
    }

    /// <inheritdoc/>
    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(output);
        Dictionary<string, string> pairs = NamePairs.Parse("--connect", arguments.GetRequiredValue(connect));
        byte[] model = OnnxComposer.Compose(arguments.GetRequiredValue(first), arguments.GetRequiredValue(second), pairs.Count > 0 ? pairs : null);
        AtomicFile.Write(path, stream => stream.Write(model));
        return Task.FromResult(WrittenModel.Show(Context, path));
    }
}
