using System.Buffers.Binary;

namespace OnnxAE.Inference;

/// <summary>
/// Reads IDX files of unsigned bytes, gzip-compressed or not (told by content, not by name).
/// A file is taken for what it holds, not for what its header claims: memory grows with the bytes that really arrive.
/// </summary>
/// <remarks>The format: https://yann.lecun.com/exdb/mnist/ - two zero bytes, type, number of dimensions, sizes (big-endian int32), values.</remarks>
internal static class IdxReader
{
    private const byte UnsignedByte = 0x08;
    private const int MaxDimensions = 4;
    private const int FirstChunk = 1 << 20;

    // Deflate can't shrink data by more than this factor (zlib's technical notes: 1032 to 1).
    private const long MaxDeflateRatio = 1040;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">Wrong magic number, wrong length, trailing bytes, absurd sizes or a damaged gzip stream.</exception>
    public static IdxArray Read(string path) => Read(path, out _, typeof(byte));

    /// <summary>Reads a file of whole numbers: unsigned bytes, or 32-bit integers as some programs write labels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">Size of every dimension: [N] for labels.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or holds values of another type.</exception>
    public static int[] ReadLabels(string path, out IReadOnlyList<int> dimensions)
    {
        IdxArray labels = Read(path, out Type type, typeof(byte), typeof(int));
        dimensions = labels.Dimensions;
        int[] values = new int[labels.Data.Length / (type == typeof(int) ? sizeof(int) : 1)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type == typeof(int) ? BinaryPrimitives.ReadInt32BigEndian(labels.Data.Span[(sizeof(int) * i)..]) : labels.Data.Span[i];
        }

        return values;
    }

    private static IdxArray Read(string path, out Type type, params Type[] types)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' is a folder, expected an IDX file.", path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}', expected an IDX file.", path);
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        RowStream content = new(file);
        return content.Peek(2) is [0x1F, 0x8B]
            ? Read(new WholeGzipStream(content, path), path, types, out type, Math.Min(file.Length, long.MaxValue / MaxDeflateRatio) * MaxDeflateRatio)
            : Read(content, path, types, out type, file.Length);
    }

    // The data of an array of other values than bytes are their bytes.
    private static IdxArray Read(Stream content, string path, Type[] types, out Type type, long mostBytes)
    {
        int[] dimensions = ReadDimensions(content, path, out type);
        if (!types.Contains(type))
        {
            throw Refuse(path, $"holds values of the type {type.Name}, expected unsigned bytes (00000801 for labels, 00000803 for images){(types.Length > 1 ? " or 32-bit integers" : "")}");
        }

        long expected = type == typeof(int) ? sizeof(int) : 1;
        foreach (int dimension in dimensions)
        {
            expected = dimension > 0 && expected > long.MaxValue / dimension ? long.MaxValue : expected * dimension;
        }

        if (expected > Math.Min(mostBytes, Array.MaxLength))
        {
            throw Refuse(path, $"claims {string.Join(" x ", dimensions)} values, expected no more than the "
                + $"{Math.Min(mostBytes, Array.MaxLength):N0} bytes that it can hold");
        }

        byte[] data = new byte[(int)Math.Min(expected, FirstChunk)];
        int read = 0;
        while (true)
        {
            read += content.ReadAtLeast(data.AsSpan(read), data.Length - read, throwOnEndOfStream: false);
            if (read < data.Length)
            {
                throw Refuse(path, $"ends after {read:N0} values, expected {expected:N0} ({string.Join(" x ", dimensions)})");
            }

            if (read == expected)
            {
                break;
            }

            Array.Resize(ref data, (int)Math.Min(expected, 2L * data.Length));
        }

        if (content.ReadByte() >= 0)
        {
            throw Refuse(path, $"goes on after the {expected:N0} values ({string.Join(" x ", dimensions)}) that its header announces, expected the end");
        }

        return new IdxArray(dimensions, data);
    }

    /// <summary>Reads a header, and nothing behind it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or another file's.</exception>
    internal static ArrayHeader ReadHeader(Stream content, string name)
    {
        int[] dimensions = ReadDimensions(content, name, out Type type);
        return new ArrayHeader(type, dimensions[0], dimensions[1..], 4 + (4 * dimensions.Length)) { IsBigEndian = true };
    }

    private static int[] ReadDimensions(Stream content, string path, out Type type)
    {
        Span<byte> magic = stackalloc byte[4];
        if (content.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4)
        {
            throw Refuse(path, "ends before its header does, expected an IDX file");
        }

        type = magic[2] switch
        {
            UnsignedByte => typeof(byte),
            0x09 => typeof(sbyte),
            0x0B => typeof(short),
            0x0C => typeof(int),
            0x0D => typeof(float),
            0x0E => typeof(double),
            _ => typeof(void),
        };
        if (magic is not [0, 0, _, >= 1 and <= MaxDimensions] || type == typeof(void))
        {
            throw Refuse(path, $"starts with {Convert.ToHexString(magic)}, expected an IDX file "
                + $"(00000801 for labels, 00000803 for images)");
        }

        int[] dimensions = new int[magic[3]];
        Span<byte> size = stackalloc byte[4];
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (content.ReadAtLeast(size, 4, throwOnEndOfStream: false) < 4)
            {
                throw Refuse(path, "ends before its header does, expected an IDX file");
            }

            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            if (dimensions[i] < 0)
            {
                throw Refuse(path, $"claims {(uint)dimensions[i]:N0} entries in dimension {i + 1}, expected at most {int.MaxValue:N0}");
            }
        }

        return dimensions;
    }

    private static InvalidDataException Refuse(string path, string what) => new($"'{path}' {what}.");
}

/// <summary>The content of an IDX file of unsigned bytes, the format of MNIST and its relatives.</summary>
/// <param name="dimensions">Size of every dimension, the outermost first.</param>
/// <param name="data">The values in row-major order; their number is the product of the dimensions.</param>
internal sealed class IdxArray(IReadOnlyList<int> dimensions, ReadOnlyMemory<byte> data)
{
    /// <summary>Size of every dimension, the outermost first: [N, 28, 28] for images, [N] for labels.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>The values in row-major order.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;
}
