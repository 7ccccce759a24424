using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training.Emitters;

/// <summary>Linear as Gemm: y = x W^T + b, the weights [out, in] as TorchSharp keeps them.</summary>
internal sealed class LinearEmitter : IModuleEmitter
{
    /// <inheritdoc/>
    public GraphValue Emit(EmitContext context, Module module, string path, GraphValue input)
    {
        var linear = (Linear)module;
        if (input.Shape.Count != 1 || input.Shape[0] != linear.in_features)
        {
            throw new OnnxExportException(
                $"The module '{EmitContext.Shown(path)}' is a Linear of {linear.in_features} inputs behind a tensor of shape {input.ShapeText}. Expected [{OnnxNames.Batch}, {linear.in_features}]: put a Flatten before it, or correct its width.");
        }

        var inputs = new List<string> { input.Name, context.Graph.AddInitializer(EmitContext.Join(path, "weight"), linear.weight) };
        if (linear.bias is { } bias)
        {
            inputs.Add(context.Graph.AddInitializer(EmitContext.Join(path, "bias"), bias));
        }

        return context.Graph.AddNode("Gemm", EmitContext.NodeName(path, "Gemm"), inputs, [linear.out_features], GraphBuilder.Attribute("transB", 1));
    }
}
