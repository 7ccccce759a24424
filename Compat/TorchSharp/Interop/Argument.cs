using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An argument of an operator, before it is laid out for the native side. The default value is None.</summary>
internal readonly struct Argument
{
    private Argument(NativeKind kind, object? value, long bits = 0)
    {
        Kind = kind;
        Value = value;
        Bits = bits;
    }

    public NativeKind Kind { get; }

    /// <summary>The tensor, list, text or generator.</summary>
    public object? Value { get; }

    /// <summary>The number, bit for bit.</summary>
    public long Bits { get; }

    public static Argument None => default;

    public static implicit operator Argument(Tensor? value) => value is null ? default : new(NativeKind.Tensor, value);

    public static implicit operator Argument(Tensor[] values) => new(NativeKind.TensorList, values);

    /// <summary>Indices of an indexing operator: null keeps a whole dimension.</summary>
    public static Argument Indices(Tensor?[] values) => new(NativeKind.OptionalTensorList, values);

    public static implicit operator Argument(bool value) => new(NativeKind.Bool, null, value ? 1 : 0);

    public static implicit operator Argument(long value) => new(NativeKind.Int, null, value);

    public static implicit operator Argument(long? value) => value is { } some ? (Argument)some : None;

    public static implicit operator Argument(double value) => new(NativeKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } some ? (Argument)some : None;

    public static implicit operator Argument(long[]? values) => values is null ? default : new(NativeKind.IntList, values);

    public static implicit operator Argument(ReadOnlySpan<long> values) => new(NativeKind.IntList, values.ToArray());

    public static implicit operator Argument(double[]? values) => values is null ? default : new(NativeKind.DoubleList, values);

    public static implicit operator Argument(string? value) => value is null ? default : new(NativeKind.String, value);

    public static implicit operator Argument(Generator? value) => value is null ? default : new(NativeKind.Generator, value);

    public static implicit operator Argument(ScalarType value) => new(NativeKind.Int, null, (long)value);

    public static implicit operator Argument(ScalarType? value) => value is { } some ? (Argument)some : None;

    public static implicit operator Argument(Device? value) =>
        value is null ? default : new(NativeKind.Device, value, (long)value.type);

    public static implicit operator Argument(Scalar? value) => value?.ToArgument() ?? None;
}
