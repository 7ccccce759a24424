using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Weights as a whole: their count and their fingerprint.</summary>
public static class ModuleWeights
{
    /// <summary>Numbers that training changes.</summary>
    /// <param name="module">The module.</param>
    public static long Count(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.parameters().Sum(p => p.numel());
    }

    /// <summary>
    /// SHA-256 over names, shapes and values of all parameters and buffers: equal before and after exactly if nothing
    /// changed, which proves that a frozen encoder was frozen.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <returns>64 hexadecimal digits, lower case.</returns>
    public static string Hash(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
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
