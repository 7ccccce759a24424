using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training.Emitters;

/// <summary>Flatten of everything behind the batch dimension: [N, 28, 28] -> [N, 784].</summary>
internal sealed class FlattenEmitter : IModuleEmitter
{
    /// <inheritdoc/>
    public GraphValue Emit(EmitContext context, Module module, string path, GraphValue input)
    {
        var flatten = (Flatten)module;
        if (flatten.start_dim != 1 || (flatten.end_dim != -1 && flatten.end_dim != input.Shape.Count))
        {
            throw new OnnxExportException(
                $"The module '{EmitContext.Shown(path)}' flattens dimensions {flatten.start_dim} to {flatten.end_dim} of {input.ShapeText}. ONNX flattens all behind the batch dimension: use Flatten() without arguments.");
        }

        return context.Graph.AddNode(
            "Flatten", EmitContext.NodeName(path, "Flatten"), [input.Name], [input.Shape.Aggregate(1L, (a, b) => a * b)], GraphBuilder.Attribute("axis", 1));
    }
}
