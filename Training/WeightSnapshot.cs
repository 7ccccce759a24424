using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>A copy of a module's parameters and buffers, to go back to.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Module module;
    private readonly Dictionary<string, Tensor> copies = new(StringComparer.Ordinal);

    /// <summary>Makes room for a copy and takes it.</summary>
    public WeightSnapshot(Module module)
    {
        this.module = module;
        using var gradients = no_grad();
        foreach ((string name, Tensor value) in module.state_dict())
        {
            copies.Add(name, value.clone().DetachFromDisposeScope());
        }
    }

    /// <summary>The copies by the names of the originals; they stay this object's.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => copies;

    /// <summary>Takes a new copy in the place of the old one.</summary>
    public void Take() => Copy(module.state_dict(), copies);

    /// <summary>Puts the copy back into the module.</summary>
    public void Restore() => Copy(copies, module.state_dict());

    /// <summary>Takes tensors from elsewhere, such as a checkpoint, as the copy.</summary>
    /// <exception cref="InvalidDataException">They are not those of the module.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> tensors) => Copy(tensors, copies);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor copy in copies.Values)
        {
            copy.Dispose();
        }
    }

    /// <summary>Copies values between tensors of the same names, types and shapes.</summary>
    /// <exception cref="InvalidDataException">A name, type or shape differs.</exception>
    public static void Copy(IReadOnlyDictionary<string, Tensor> from, IReadOnlyDictionary<string, Tensor> to)
    {
        TensorMatch.Require(from, to);
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach ((string name, Tensor value) in from)
        {
            to[name].copy_(value);
        }
    }
}
