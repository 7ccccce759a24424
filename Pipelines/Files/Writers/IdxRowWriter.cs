using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Writes pixels as bytes behind big-endian sizes, the format of MNIST.</summary>
internal sealed class IdxRowWriter : CountedRowWriter
{
    private readonly IReadOnlyList<int> _rowShape;
    private readonly PixelRange _range;
    private readonly bool _isGzip;
    private readonly Stream _content;
    private readonly byte[] _row;
    private int _used;

    /// <param name="target">Where to; stays open.</param>
    /// <param name="isGzip">Whether to pack it.</param>
    /// <param name="rowShape">Shape of a row.</param>
    /// <param name="range">What black and white are among the values.</param>
    /// <param name="announced">Number of rows; null writes it at the end, into the beginning of a stream that can seek.</param>
    public IdxRowWriter(Stream target, bool isGzip, IReadOnlyList<int> rowShape, PixelRange range, long? announced)
        : base(target, announced)
    {
        _rowShape = rowShape;
        _range = range;
        _isGzip = isGzip;
        _row = new byte[rowShape.Aggregate(1, (size, dimension) => size * dimension)];
        WriteHeader();
        _content = isGzip ? new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true) : target;
    }

    public override void BeginRow(long row, string? name)
    {
        base.BeginRow(row, name);
        _used = 0;
    }

    public override void Append<T>(ReadOnlySpan<T> values)
    {
        PixelBytes.Of(values, _range, _row.AsSpan(_used, values.Length));
        _used += values.Length;
    }

    public override void EndRow() => _content.Write(_row);

    public override void Complete()
    {
        if (_isGzip)
        {
            _content.Dispose();
        }

        base.Complete();
    }

    protected override byte[] Header(long count)
    {
        if (count > int.MaxValue)
        {
            throw new InvalidDataException($"{count:N0} rows are too many for an idx file, which counts to {int.MaxValue:N0}; write .npy.");
        }

        byte[] header = new byte[8 + (4 * _rowShape.Count)];
        header[2] = 0x08; // unsigned bytes
        header[3] = checked((byte)(1 + _rowShape.Count));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), (int)count);
        for (int i = 0; i < _rowShape.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8 + (4 * i)), _rowShape[i]);
        }

        return _isGzip ? Stored(header) : header;
    }

    // A gzip file (RFC 1952) of bytes that are not packed, so that its length depends on theirs alone and it can be written
    // again in its place. Another gzip file may follow: all readers take the two for one.
    private static byte[] Stored(ReadOnlySpan<byte> content)
    {
        using MemoryStream file = new();
        using (GZipStream gzip = new(file, CompressionLevel.NoCompression))
        {
            gzip.Write(content);
        }

        return file.ToArray();
    }
}

/// <summary>Numbers of a model's range of pixels to bytes; what lies outside is cut off.</summary>
internal static class PixelBytes
{
    /// <summary>Converts a row.</summary>
    public static void Of<T>(ReadOnlySpan<T> values, PixelRange range, Span<byte> bytes)
        where T : unmanaged, INumber<T>
    {
        float scale = byte.MaxValue / (range.White - range.Black);
        for (int i = 0; i < values.Length; i++)
        {
            bytes[i] = (byte)MathF.Round(Math.Clamp((float.CreateTruncating(values[i]) - range.Black) * scale, 0, byte.MaxValue));
        }
    }
}
