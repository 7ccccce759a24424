using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>compose</c>: one ONNX file of several.</summary>
internal sealed class ComposeCommand : CliCommand
{
    private readonly Argument<string> first = new("FIRST") { Description = "An ONNX file, such as encoder.onnx." };

    private readonly Argument<string[]> others = new("SECOND")
    {
        Description = "ONNX file that takes the first one's output, such as decoder.onnx. With --side-by-side: one or more files that take the first one's input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> output = new("--out") { Description = "File to write; an existing one is replaced.", HelpName = "FILE", Required = true };

    private readonly Option<bool> sideBySide = new("--side-by-side")
    {
        Description = "Give all files the same input, and join their outputs in one row.",
    };

    private readonly Option<string[]> connect = new("--connect")
    {
        Description = "Output of the first file and the input of the second that takes it. [default: the only ones]",
        HelpName = "OUTPUT=INPUT",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Declares what the command takes.</summary>
    public ComposeCommand(CliContext context)
        : base("compose", "Joins ONNX files: the second behind the first, or several side by side.", context)
    {
        Add(first);
        Add(others);
        Add(output);
        Add(sideBySide);
        Add(connect);
    }

    /// <inheritdoc/>
    protected override bool NeedsLibtorch => false;

    /// <inheritdoc/>
    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(output), head = arguments.GetRequiredValue(first);
        string[] rest = arguments.GetRequiredValue(others);
        Dictionary<string, string> pairs = NamePairs.Parse("--connect", arguments.GetRequiredValue(connect), "output=input");
        byte[] model = arguments.GetValue(sideBySide)
            ? SideBySide([head, .. rest], pairs)
            : Behind(head, rest, pairs);
        AtomicFile.Write(path, stream => stream.Write(model), cancellationToken);
        return Task.FromResult(WrittenModel.Show(Context, path));
    }

    private static byte[] SideBySide(string[] files, Dictionary<string, string> pairs) => pairs.Count == 0
        ? OnnxEncoders.Concatenate(files)
        : throw new UsageException("--connect says what goes into which input, and side by side all inputs take the same pixels; leave one of the two out.");

    private static byte[] Behind(string head, string[] rest, Dictionary<string, string> pairs) => rest is [var tail]
        ? OnnxComposer.Compose(head, tail, pairs.Count > 0 ? pairs : null)
        : throw new UsageException($"{rest.Length + 1} files given, and one can stand behind the other only for two; compose two at a time, or give --side-by-side.");
}
