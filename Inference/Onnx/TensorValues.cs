using System.Runtime.InteropServices;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Reads the numbers of stored tensors, of which the file may claim more than it has.</summary>
internal static class TensorValues
{
    /// <summary>Bytes of a number; null for texts and for types that are not known here.</summary>
    public static int? SizeOf(int type) => (DataType)type switch
    {
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Int64 or DataType.Uint64 or DataType.Double or DataType.Complex64 => 8,
        DataType.Complex128 => 16,
        _ => null,
    };

    /// <summary>How many numbers a tensor says it holds.</summary>
    /// <exception cref="InvalidDataException">Its dimensions make no sense.</exception>
    public static long Count(this TensorProto tensor, string source)
    {
        try
        {
            if (tensor.Dims.All(d => d >= 0))
            {
                return tensor.Dims.Aggregate(1L, (count, d) => checked(count * d));
            }
        }
        catch (OverflowException)
        {
            // Said below.
        }

        throw new InvalidDataException($"The tensor '{tensor.Name}' of '{source}' has the dimensions [{string.Join(", ", tensor.Dims)}], expected a number of values that a file can hold.");
    }

    /// <summary>Bytes that the values take in the file, its own overhead left out.</summary>
    /// <exception cref="InvalidDataException">Its dimensions make no sense.</exception>
    public static long Bytes(this TensorProto tensor, string source)
        => SizeOf(tensor.DataType) is { } size ? checked(tensor.Count(source) * size) : tensor.RawData.Length + tensor.StringData.Sum(s => (long)s.Length);

    /// <summary>Looks whether a tensor has as many values as its dimensions say.</summary>
    /// <exception cref="InvalidDataException">It has more or fewer.</exception>
    public static void Check(this TensorProto tensor, string source)
    {
        long count = tensor.Count(source);
        if (count > Array.MaxLength)
        {
            throw Wrong(tensor, source, count, 0);
        }

        if (SizeOf(tensor.DataType) is not { } size)
        {
            return;
        }

        int parts = (DataType)tensor.DataType is DataType.Complex64 or DataType.Complex128 ? 2 : 1;
        long found = tensor.HasRawData
            ? tensor.RawData.Length % size == 0 ? tensor.RawData.Length / size : -1
            : (tensor.FloatData.Count + tensor.Int32Data.Count + (long)tensor.Int64Data.Count + tensor.DoubleData.Count + tensor.Uint64Data.Count) / parts;
        if (found != count)
        {
            throw Wrong(tensor, source, count, found);
        }
    }

    /// <summary>The values of a tensor of floats.</summary>
    /// <exception cref="InvalidDataException">It has another type, or not as many values as it says.</exception>
    public static float[] ReadFloats(this TensorProto tensor, string source)
    {
        tensor.Check(source);
        if ((DataType)tensor.DataType != DataType.Float || (!tensor.HasRawData && tensor.FloatData.Count != tensor.Count(source)))
        {
            throw new InvalidDataException($"The tensor '{tensor.Name}' of '{source}' is {(DataType)tensor.DataType}, expected Float.");
        }

        return tensor.HasRawData ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData];
    }

    private static InvalidDataException Wrong(TensorProto tensor, string source, long expected, long found)
        => new($"The tensor '{tensor.Name}' of '{source}' has {(found < 0 ? "part of a value too much" : $"{found:N0} values")}, expected {expected:N0} by its dimensions: the file is damaged.");
}
