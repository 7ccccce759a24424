using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>A callback's memory in a checkpoint.</summary>
public sealed class CallbackState
{
    /// <summary>Numbers by name; whole ones are exact up to 2^53.</summary>
    public Dictionary<string, double> Numbers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Tensors by name.</summary>
    public Dictionary<string, Tensor> Tensors { get; init; } = new(StringComparer.Ordinal);
}
