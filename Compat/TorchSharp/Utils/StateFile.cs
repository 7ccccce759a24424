using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>
/// The parts of a .dat file: a count, then for each tensor its name, type, shape and bytes. Numbers are LEB128. What a
/// file says of its lengths is believed only as far as the target's own shape and the bytes that follow bear it out.
/// </summary>
internal static class StateFile
{
    private const int MaxNameBytes = 4096;
    private const int MaxDimensions = 64;

    public static void WriteLength(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    public static void WriteTensor(BinaryWriter writer, Tensor tensor)
    {
        WriteLength(writer, (long)tensor.dtype);
        WriteLength(writer, tensor.ndim);
        foreach (long size in tensor.shape)
        {
            WriteLength(writer, size);
        }

        using var local = tensor.cpu();
        writer.Write(local.bytes);
    }

    /// <summary>Whether there is a tensor, then the tensor.</summary>
    public static void WriteOptionalTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null)
        {
            WriteTensor(writer, tensor);
        }
    }

    public static long ReadLength(BinaryReader reader)
    {
        long value;
        try
        {
            value = reader.Read7BitEncodedInt64();
        }
        catch (FormatException)
        {
            value = -1;
        }

        return value >= 0 ? value : throw new InvalidDataException("A length in the state file isn't a number: the file is damaged.");
    }

    public static string ReadName(BinaryReader reader)
    {
        long length = ReadLength(reader);
        if (length > MaxNameBytes)
        {
            throw new InvalidDataException($"A name in the state file claims {length} bytes, at most {MaxNameBytes} were expected: the file is damaged.");
        }

        byte[] name = reader.ReadBytes((int)length);
        return name.Length == length ? Encoding.UTF8.GetString(name) : throw new EndOfStreamException();
    }

    /// <summary>Reads a tensor into a target of the same type and shape, or passes over it.</summary>
    public static void ReadTensor(BinaryReader reader, Tensor? target)
    {
        var type = ReadType(reader);
        if (target is not null && type != target.dtype)
        {
            throw new ArgumentException("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        }

        long[] shape = ReadShape(reader);
        if (target is null)
        {
            Skip(reader, shape, type);
            return;
        }

        if (!shape.AsSpan().SequenceEqual(target.shape))
        {
            throw new ArgumentException("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        }

        using var _ = no_grad();
        using var local = target.cpu();
        reader.BaseStream.ReadExactly(local.bytes);
        if (target.is_cuda)
        {
            target.copy_(local);
        }
    }

    /// <summary>Reads a tensor into a target of the same type and shape, which is zeroed where there is none.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool ReadOptionalTensor(BinaryReader reader, Tensor target)
    {
        bool given = reader.ReadBoolean();
        if (given)
        {
            ReadTensor(reader, target);
        }
        else
        {
            target.fill_(0);
        }

        return given;
    }

    private static ScalarType ReadType(BinaryReader reader)
    {
        long type = ReadLength(reader);
        return type <= (long)ScalarType.BFloat16
            ? (ScalarType)type
            : throw new InvalidDataException($"A tensor in the state file has the type {type}, which is unknown: the file is damaged.");
    }

    private static long[] ReadShape(BinaryReader reader)
    {
        long dimensions = ReadLength(reader);
        if (dimensions > MaxDimensions)
        {
            throw new InvalidDataException($"A tensor in the state file claims {dimensions} dimensions, at most {MaxDimensions} were expected: the file is damaged.");
        }

        var shape = new long[dimensions];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = ReadLength(reader);
        }

        return shape;
    }

    private static void Skip(BinaryReader reader, long[] shape, ScalarType type)
    {
        long left = Length(shape, type);

        Span<byte> buffer = stackalloc byte[4096];
        for (; left > 0; left -= Math.Min(left, buffer.Length))
        {
            reader.BaseStream.ReadExactly(buffer[..(int)Math.Min(left, buffer.Length)]);
        }
    }

    private static long Length(long[] shape, ScalarType type)
    {
        long length = ElementSize(type);
        foreach (long size in shape)
        {
            if (Math.BigMul(length, size, out length) != 0 || length < 0)
            {
                throw new InvalidDataException($"A tensor in the state file claims the shape [{string.Join(", ", shape)}], more than a file can hold: the file is damaged.");
            }
        }

        return length;
    }

    private static int ElementSize(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new InvalidDataException($"A tensor in the state file has the type {(int)type}, which is unknown: the file is damaged."),
    };
}
