using System.Globalization;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What a tool says of the ONNX file that it wrote.</summary>
internal static class WrittenModel
{
    /// <summary>Prints inputs, outputs and size; returns them for <c>--json</c>.</summary>
    /// <param name="context">The console.</param>
    /// <param name="path">The file.</param>
    /// <param name="remark">What else is to be said, behind the rest.</param>
    public static object Show(CliContext context, string path, string remark = "")
    {
        OnnxModelInfo model = OnnxModelInfo.Read(path);
        context.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {string.Join("; ", model.Inputs)} -> {string.Join("; ", model.Outputs)}, {model.Nodes.Count} nodes, {model.Parameters:N0} parameters, opset {model.Opsets.GetValueOrDefault("ai.onnx")}{remark}"));
        return new { File = path, Model = model };
    }
}
