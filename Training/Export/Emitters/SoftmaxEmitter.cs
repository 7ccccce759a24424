using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training.Emitters;

/// <summary>Softmax along a dimension.</summary>
internal sealed class SoftmaxEmitter : IModuleEmitter
{
    /// <inheritdoc/>
    public GraphValue Emit(EmitContext context, Module module, string path, GraphValue input) =>
        context.Graph.AddNode(
            "Softmax", EmitContext.NodeName(path, "Softmax"), [input.Name], input.Shape, GraphBuilder.Attribute("axis", ((Softmax)module).dim));
}
