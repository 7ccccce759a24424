using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>info</c>, also <c>onnx info</c>: the libraries at work, or what an ONNX file says of itself.</summary>
internal sealed class InfoCommand : CliCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "ONNX file. Without it, the libraries in use and their versions are shown.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public InfoCommand(CliContext context)
        : base("info", "Shows an ONNX file, or the libraries in use.", "encoder.onnx", context) => Add(_file);

    protected override bool NeedsLibtorch => false;

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        Task.FromResult(arguments.GetValue(_file) is { } path ? ShowModel(path) : ShowLibraries());

    private object ShowLibraries()
    {
        IReadOnlyList<LibraryVersion> libraries = LibraryVersion.Describe();
        var table = new ResultTable("library", "version");
        foreach (LibraryVersion library in libraries)
        {
            table.Add(library.Name, library.Version);
        }

        table.Write(Context);
        return new { Libraries = libraries };
    }

    private object ShowModel(string path)
    {
        OnnxModelInfo model = OnnxModelInfo.Read(path);
        var table = new ResultTable(path, "");
        table.Add("graph", model.GraphName);
        table.Add("about", model.Description);
        table.Add("producer", model.Producer);
        table.Add("opset", string.Join(", ", model.Opsets.Select(set => $"{set.Key} {set.Value}")));
        table.Add("IR version", $"{model.IrVersion}");
        table.Add("inputs", string.Join('\n', model.Inputs));
        table.Add("outputs", string.Join('\n', model.Outputs));
        table.Add("operators", string.Join(", ", model.Operators.Select(op => $"{op.Value} {op.Key}")));
        foreach (var (key, value) in model.Metadata)
        {
            table.Add(key, value);
        }

        table.Write(Context);
        ShowNodes(model);
        return new { File = path, Model = model, Libraries = LibraryVersion.Describe() };
    }

    private void ShowNodes(OnnxModelInfo model)
    {
        var table = new ResultTable("node", "operator", "output", "#parameters", "#bytes");
        foreach (OnnxNodeInfo node in model.Nodes)
        {
            string shape = node.Output.ElementType == "unknown" ? "?" : node.Output.Description;
            table.Add(node.Name, node.Operator, shape, Quantity.Number(node.Parameters), Quantity.Number(node.Bytes));
        }

        table.Add($"{model.Nodes.Count} nodes", "", "", Quantity.Number(model.Parameters), Quantity.Number(model.Bytes));
        table.Write(Context);
    }
}
