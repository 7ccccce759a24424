using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>onnx compose</c>: one ONNX file of several.</summary>
internal sealed class ComposeCommand : CliCommand
{
    private readonly Argument<string> _first = new("FIRST") { Description = "ONNX file, for example encoder.onnx." };

    private readonly Argument<string[]> _others = new("SECOND")
    {
        Description = "ONNX file that takes the first one's output, for example decoder.onnx. "
            + "With --side-by-side: one or more files that take the first one's input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = CliOptions.WrittenFile();
    private readonly Option<bool> _sideBySide = new("--side-by-side") { Description = "Give all files the same input, and join their outputs in one row." };

    private readonly Option<string[]> _connect = new("--connect")
    {
        Description = "Output of the first file and the input of the second to connect it with. Can be repeated. [default: the only ones]",
        HelpName = "OUTPUT=INPUT",
    };

    public ComposeCommand(CliContext context)
        : base("compose", "Joins ONNX files, one behind the other or side by side.", "encoder.onnx decoder.onnx --out autoencoder.onnx", context) =>
        Declare(_first, _others, _output, _sideBySide, _connect);

    protected override bool NeedsLibtorch => false;

    /// <summary>Says what an ONNX file that was written takes and gives.</summary>
    /// <param name="context">The console.</param>
    /// <param name="path">The file.</param>
    /// <param name="remark">What else is to be said, behind the rest.</param>
    /// <returns>The same for <c>--json</c>.</returns>
    public static object Show(CliContext context, string path, string remark = "")
    {
        OnnxModelInfo model = OnnxModelInfo.Read(path);
        string interfaces = $"{string.Join("; ", model.Inputs)} -> {string.Join("; ", model.Outputs)}";
        long opset = model.Opsets.GetValueOrDefault("ai.onnx");
        context.WriteLine($"{path}: {interfaces}, {model.Nodes.Count} nodes, {model.Parameters:N0} parameters, opset {opset}{remark}");
        return new { File = path, Model = model };
    }

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(_output), head = arguments.GetRequiredValue(_first);
        string[] rest = arguments.GetRequiredValue(_others);
        Dictionary<string, string> pairs = CliOptions.ParsePairs("--connect", arguments.GetValue(_connect) ?? [], "output=input");
        byte[] model = arguments.GetValue(_sideBySide)
            ? SideBySide([head, .. rest], pairs)
            : Behind(head, rest, pairs);
        AtomicFile.Write(path, stream => stream.Write(model), cancellationToken);
        return Task.FromResult(Show(Context, path));
    }

    private static byte[] SideBySide(string[] files, Dictionary<string, string> pairs) => pairs.Count == 0
        ? OnnxEncoders.Concatenate(files)
        : throw new UsageException("--connect says what goes into which input, and side by side all inputs take the same pixels; leave one of the two out.");

    private static byte[] Behind(string head, string[] rest, Dictionary<string, string> pairs) => rest is [var tail]
        ? OnnxComposer.Compose(head, tail, pairs.Count > 0 ? pairs : null)
        : throw new UsageException($"{rest.Length + 1} files given, and one can stand behind the other only for two; compose two at a time, or give --side-by-side.");
}
