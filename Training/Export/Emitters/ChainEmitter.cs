using static TorchSharp.torch.nn;

namespace OnnxAE.Training.Emitters;

/// <summary>Modules applied one after the other, in the order of their registration.</summary>
internal sealed class ChainEmitter : IModuleEmitter
{
    /// <inheritdoc/>
    public GraphValue Emit(EmitContext context, Module module, string path, GraphValue input)
    {
        GraphValue value = input;
        foreach ((string name, Module child) in module.named_children())
        {
            value = context.Emit(child, EmitContext.Join(path, name), value);
        }

        return value;
    }
}
