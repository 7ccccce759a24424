using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Writes pixels as bytes behind big-endian sizes, the format of MNIST.</summary>
internal sealed class IdxRowWriter : RowWriter
{
    private readonly Stream target;
    private readonly IReadOnlyList<int> rowShape;
    private readonly PixelRange range;
    private readonly bool isGzip;
    private readonly long? announced;
    private readonly Stream content;
    private readonly byte[] row;
    private int used;
    private long rows;

    /// <param name="target">Where to; stays open.</param>
    /// <param name="isGzip">Whether to pack it.</param>
    /// <param name="rowShape">Shape of a row.</param>
    /// <param name="range">What black and white are among the values.</param>
    /// <param name="announced">Number of rows; null writes it at the end, into the beginning of a stream that can seek.</param>
    public IdxRowWriter(Stream target, bool isGzip, IReadOnlyList<int> rowShape, PixelRange range, long? announced)
    {
        this.target = target;
        this.rowShape = rowShape;
        this.range = range;
        this.isGzip = isGzip;
        this.announced = announced;
        row = new byte[rowShape.Aggregate(1, (size, dimension) => size * dimension)];
        target.Write(Header(announced ?? 0));
        content = isGzip ? new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true) : target;
    }

    /// <inheritdoc/>
    public override void BeginRow(long row, string? name)
    {
        rows++;
        used = 0;
    }

    /// <inheritdoc/>
    public override void Append<T>(ReadOnlySpan<T> values)
    {
        PixelBytes.Of(values, range, row.AsSpan(used, values.Length));
        used += values.Length;
    }

    /// <inheritdoc/>
    public override void AppendMissing(int count) => throw new NotSupportedException("An idx file has no missing values.");

    /// <inheritdoc/>
    public override void EndRow() => content.Write(row);

    /// <inheritdoc/>
    public override void Complete()
    {
        if (isGzip)
        {
            content.Dispose();
        }

        if (announced is null)
        {
            target.Position = 0;
            target.Write(Header(rows));
        }
        else if (announced != rows)
        {
            throw new InvalidDataException($"{rows:N0} rows were written behind a header that announces {announced:N0}; the output is of no use.");
        }

        target.Flush();
    }

    private byte[] Header(long count)
    {
        if (count > int.MaxValue)
        {
            throw new InvalidDataException($"{count:N0} rows are too many for an idx file, which counts to {int.MaxValue:N0}; write .npy.");
        }

        byte[] header = new byte[8 + (4 * rowShape.Count)];
        header[2] = 0x08; // unsigned bytes
        header[3] = checked((byte)(1 + rowShape.Count));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), (int)count);
        for (int i = 0; i < rowShape.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8 + (4 * i)), rowShape[i]);
        }

        return isGzip ? StoredGzip.Wrap(header) : header;
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
