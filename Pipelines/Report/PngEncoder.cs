using System.Buffers.Binary;
using System.IO.Compression;
using OnnxAE.Inference.Data.RowFiles;

namespace OnnxAE.Pipelines.Report;

/// <summary>Writes pictures of 8 bits a channel, grey or coloured, as PNG (ISO/IEC 15948): signature, IHDR, one IDAT, IEND.</summary>
internal static class PngEncoder
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes a grey picture.</summary>
    /// <param name="pixels">[height * width] grey values, row by row; 0 is black.</param>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height) => Encode(pixels, width, height, channels: 1);

    /// <summary>Encodes a colour picture.</summary>
    /// <param name="pixels">[height * width * 3]: red, green and blue of each pixel, row by row.</param>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture.</exception>
    public static byte[] EncodeColor(ReadOnlySpan<byte> pixels, int width, int height) => Encode(pixels, width, height, channels: 3);

    private static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        if (width <= 0 || height <= 0 || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException($"{pixels.Length} bytes do not make a picture of {width} x {height} pixels of {channels}.", nameof(pixels));
        }

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits a channel; the three bytes after the colour type: deflate, no special filtering, not interlaced
        header[9] = (byte)(channels == 3 ? 2 : 0); // the standard's numbers for red-green-blue and grey

        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(pixels, width * channels));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>The picture as a <c>data:</c> address that a page can hold in itself.</summary>
    public static string ToDataUri(ReadOnlySpan<byte> pixels, int width, int height) =>
        "data:image/png;base64," + Convert.ToBase64String(Encode(pixels, width, height));

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int lineLength)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += lineLength)
            {
                zlib.WriteByte(0); // filter type of the line: none
                zlib.Write(pixels.Slice(start, lineLength));
            }
        }

        return compressed.ToArray();
    }

    /// <summary>Length, type, data, and the CRC of type and data.</summary>
    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        png.Write(number);
    }
}
