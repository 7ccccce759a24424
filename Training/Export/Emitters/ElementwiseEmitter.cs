using static TorchSharp.torch.nn;

namespace OnnxAE.Training.Emitters;

/// <summary>A function of each number by itself, without settings.</summary>
/// <param name="operatorType">The operator of the same meaning.</param>
internal sealed class ElementwiseEmitter(string operatorType) : IModuleEmitter
{
    /// <inheritdoc/>
    public GraphValue Emit(EmitContext context, Module module, string path, GraphValue input) =>
        context.Graph.AddNode(operatorType, EmitContext.NodeName(path, operatorType), [input.Name], input.Shape);
}
