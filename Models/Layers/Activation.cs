using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

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
