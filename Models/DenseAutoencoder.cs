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
    /// <summary>Builds the network with TorchSharp's initial weights, drawn from its global random generator.</summary>
    /// <param name="widths">From pixels to code, both included; at least two.</param>
    /// <param name="hidden">Activation of every layer between pixels and code, on both sides.</param>
    /// <param name="code">Activation of the code.</param>
    /// <param name="output">Activation of the rebuilt pixels.</param>
    /// <exception cref="ArgumentException"><paramref name="widths"/> has fewer than two entries.</exception>
    public DenseAutoencoder(IReadOnlyList<int> widths, Activation hidden, Activation code, Activation output)
        : this(
            widths,
            Check(widths).Count > 2 ? Stack(widths, hidden, hidden, 0, widths.Count - 2) : null,
            Stack(widths, hidden, code, widths.Count - 2, widths.Count - 1),
            Stack([.. widths.Reverse()], hidden, output, 0, widths.Count - 1))
    {
    }

    // The map, where layers come before the code, is a module of its own: "encoder.features", then "encoder.code".
    private DenseAutoencoder(IReadOnlyList<int> widths, Sequential? map, Sequential code, Sequential decoder)
        : base(
            nameof(DenseAutoencoder),
            encoder: map is null ? code : Sequential(("features", map), ("code", code)),
            map: map ?? code,
            decoder,
            inputSize: widths[0],
            codeSize: widths[^1],
            mapSize: widths[map is null ? ^1 : ^2])
    {
    }

    /// <summary>[N, widths[from]] -> ... -> [N, widths[to]]: dense layers, each with its activation.</summary>
    internal static Sequential Stack(IReadOnlyList<int> widths, Activation hidden, Activation last, int from, int to)
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = from + 1; i <= to; i++)
        {
            layers.Add(($"dense{i}", Linear(widths[i - 1], widths[i])));
            if (ActivationModules.Create(i < to ? hidden : last) is { } activation)
            {
                layers.Add(($"activation{i}", activation));
            }
        }

        return Sequential(layers);
    }

    private static IReadOnlyList<int> Check(IReadOnlyList<int> widths) => widths is { Count: >= 2 }
        ? widths
        : throw new ArgumentException($"A dense autoencoder needs at least two widths, pixels and code; {widths?.Count ?? 0} given.", nameof(widths));
}

/// <summary>What follows a layer's weighted sum.</summary>
public enum Activation
{
    /// <summary>Nothing: the weighted sum itself.</summary>
    Linear,

    /// <summary>max(0, x).</summary>
    ReLU,

    /// <summary>1 / (1 + exp(-x)), in (0, 1).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent, in (-1, 1).</summary>
    Tanh,
}

/// <summary>Activations as modules.</summary>
internal static class ActivationModules
{
    /// <summary>The module of an activation; null for <see cref="Activation.Linear"/>, which needs none.</summary>
    public static Module<Tensor, Tensor>? Create(Activation activation) => activation switch
    {
        Activation.Linear => null,
        Activation.ReLU => ReLU(),
        Activation.Sigmoid => Sigmoid(),
        Activation.Tanh => Tanh(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };
}
