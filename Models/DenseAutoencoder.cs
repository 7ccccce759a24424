using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// An autoencoder of dense layers, mirrored about its code. With widths 784, 1000, 500, 30 it is
/// 784-1000-500-30-500-1000-784: the encoder's layers in order, then the decoder's in reverse, no weights shared.
/// </summary>
public sealed class DenseAutoencoder : Autoencoder
{
    /// <summary>Builds the network with new weights, drawn by Glorot's rule from TorchSharp's global random generator.</summary>
    /// <param name="widths">From pixels to code, both included; at least two.</param>
    /// <param name="hidden">Activation of every layer between pixels and code, on both sides.</param>
    /// <param name="code">Activation of the code.</param>
    /// <param name="output">Activation of the rebuilt pixels.</param>
    /// <exception cref="ArgumentException"><paramref name="widths"/> has fewer than two entries.</exception>
    public DenseAutoencoder(IReadOnlyList<int> widths, Activation hidden, Activation code, Activation output)
        : base(nameof(DenseAutoencoder), Stack(widths, hidden, code), Stack([.. widths.Reverse()], hidden, output), widths[0], widths[^1])
    {
    }

    // [N, widths[0]] -> [N, widths[1]] -> ... -> [N, widths[^1]]
    private static Sequential Stack(IReadOnlyList<int> widths, Activation hidden, Activation last)
    {
        if (widths.Count < 2)
        {
            throw new ArgumentException($"A dense autoencoder needs at least two widths, pixels and code; {widths.Count} given.", nameof(widths));
        }

        var layers = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = 1; i < widths.Count; i++)
        {
            layers.Add(($"dense{i}", DenseLayer.Create(widths[i - 1], widths[i])));
            if (ActivationModules.Create(i < widths.Count - 1 ? hidden : last) is { } activation)
            {
                layers.Add(($"activation{i}", activation));
            }
        }

        return Sequential(layers);
    }
}
