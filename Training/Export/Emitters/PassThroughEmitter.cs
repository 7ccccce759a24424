using static TorchSharp.torch.nn;

namespace OnnxAE.Training.Emitters;

/// <summary>Modules that hand their input on in evaluation mode; they leave no node.</summary>
internal sealed class PassThroughEmitter : IModuleEmitter
{
    /// <inheritdoc/>
    public GraphValue Emit(EmitContext context, Module module, string path, GraphValue input) => input;
}
