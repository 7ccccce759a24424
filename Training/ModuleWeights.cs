using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Weights as a whole: their count and their fingerprint.</summary>
internal static class ModuleWeights
{
    /// <summary>Numbers that training changes.</summary>
    /// <param name="module">The module.</param>
    public static long Count(Module module) => module.parameters().Sum(p => p.numel());

    /// <summary>
    /// SHA-256 over names, shapes and values of all parameters and buffers: equal before and after exactly if nothing
    /// changed, which proves that a frozen encoder was frozen.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <returns>64 hexadecimal digits, lower case.</returns>
    public static string Hash(Module module)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var scope = NewDisposeScope();
        foreach ((string name, Tensor value) in module.state_dict())
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}[{string.Join(',', value.shape)}]\n"));
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A copy of a module's parameters and buffers, to go back to.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Module _module;
    private readonly Dictionary<string, Tensor> _copies = new(StringComparer.Ordinal);

    /// <summary>Makes room for a copy and takes it.</summary>
    public WeightSnapshot(Module module)
    {
        _module = module;
        using var gradients = no_grad();
        foreach ((string name, Tensor value) in module.state_dict())
        {
            _copies.Add(name, value.clone().DetachFromDisposeScope());
        }
    }

    /// <summary>The copies by the names of the originals; they stay this object's.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _copies;

    /// <summary>Takes a new copy in the place of the old one.</summary>
    public void Take() => Copy(_module.state_dict(), _copies);

    /// <summary>Puts the copy back into the module.</summary>
    public void Restore() => Copy(_copies, _module.state_dict());

    /// <summary>Takes tensors from elsewhere, such as a checkpoint, as the copy.</summary>
    /// <exception cref="InvalidDataException">They are not those of the module.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> tensors) => Copy(tensors, _copies);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor copy in _copies.Values)
        {
            copy.Dispose();
        }
    }

    /// <summary>Copies values between tensors of the same names, types and shapes.</summary>
    /// <exception cref="InvalidDataException">A name, type or shape differs.</exception>
    public static void Copy(IReadOnlyDictionary<string, Tensor> from, IReadOnlyDictionary<string, Tensor> to)
    {
        RequireMatch(from, to);
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach ((string name, Tensor value) in from)
        {
            to[name].copy_(value);
        }
    }

    // The same names, types and shapes; the message names the first that is missing, too many, or another.
    private static void RequireMatch(IReadOnlyDictionary<string, Tensor> found, IReadOnlyDictionary<string, Tensor> expected)
    {
        foreach ((string name, Tensor target) in expected)
        {
            if (!found.TryGetValue(name, out Tensor? value))
            {
                throw new InvalidDataException($"The checkpoint lacks the tensor '{name}': it belongs to another network or optimizer.");
            }

            if (value.dtype != target.dtype || !value.shape.AsSpan().SequenceEqual(target.shape))
            {
                throw new InvalidDataException(
                    $"The checkpoint's tensor '{name}' is {Describe(value)} where this run has {Describe(target)}: it belongs to another network.");
            }
        }

        if (found.Keys.FirstOrDefault(name => !expected.ContainsKey(name)) is { } stray)
        {
            throw new InvalidDataException($"The checkpoint holds the tensor '{stray}', which this run has not: it belongs to another network or optimizer.");
        }
    }

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
