using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number that an operator takes beside tensors.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Argument _argument;

    private Scalar(Argument argument, torch.ScalarType type)
    {
        _argument = argument;
        Type = type;
    }

    internal torch.ScalarType Type { get; }

    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int64);

    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float64);

    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    /// <summary>Nothing to free here; the original's scalars are native objects.</summary>
    public void Dispose() { }

    internal Argument ToArgument() => _argument;
}
