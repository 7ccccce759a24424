using System.Buffers.Binary;
using System.IO.Compression;

namespace OnnxAE.Inference.Data.RowFiles.Pictures;

/// <summary>
/// Reads PNG pictures of 8 bits a channel, grey or RGB, not interlaced (ISO/IEC 15948). Every length is compared with what is
/// there, every chunk's checksum with its content; what a reader must know and this one doesn't is refused.
/// </summary>
internal static class PngDecoder
{
    private const int ChunkOverhead = 12; // length, type and checksum
    private const int HeaderLength = 13;

    /// <summary>The bytes that every such file starts with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the header, which is the first chunk.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        int offset = Signature.Length;
        ReadOnlySpan<byte> type = ReadChunk(file, ref offset, out ReadOnlySpan<byte> header);
        if (!type.SequenceEqual("IHDR"u8) || header.Length != HeaderLength)
            throw new InvalidDataException("found a PNG picture without a header, expected IHDR first");
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (width < 1 || height < 1)
            throw new InvalidDataException($"found a PNG picture of {(uint)width} x {(uint)height} pixels, expected 1 to {int.MaxValue}");
        if (header[8] != 8 || header[9] is not (0 or 2))
            throw new InvalidDataException($"found a PNG picture of {header[8]} bits and colour type {header[9]}, expected 8 bits of grey (0) or red, green and blue (2)");
        if (header[10] != 0 || header[11] != 0 || header[12] != 0)
            throw new InvalidDataException("found a PNG picture that is interlaced or packed in an unknown way, expected a plain one");
        return new PictureHeader(width, height, header[9] == 2 ? 3 : 1);
    }

    /// <summary>Reads the pixels.</summary>
    /// <param name="file">The whole file; its chunks of pixels are moved together.</param>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="header">What <see cref="ReadHeader"/> gave.</param>
    /// <param name="pixels">[height * width * channels], row by row.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static void Decode(byte[] file, int length, PictureHeader header, Span<byte> pixels)
    {
        using MemoryStream packed = new(file, 0, GatherPixels(file.AsSpan(0, length)));
        using ZLibStream unpacked = new(packed, CompressionMode.Decompress);
        int stride = header.Width * header.Channels;
        Span<byte> above = default;
        Span<byte> filter = stackalloc byte[1];
        try
        {
            for (int y = 0; y < header.Height; y++)
            {
                Span<byte> line = pixels.Slice(y * stride, stride);
                unpacked.ReadExactly(filter);
                unpacked.ReadExactly(line);
                Unfilter(filter[0], line, above, header.Channels);
                above = line;
            }

            if (unpacked.ReadByte() >= 0)
                throw new InvalidDataException("found a PNG picture with more pixels than its header announces");
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("found a PNG picture with fewer pixels than its header announces", e);
        }
        catch (InvalidDataException e) when (e.Source == typeof(ZLibStream).Assembly.GetName().Name)
        {
            throw new InvalidDataException("found a PNG picture with damaged pixels", e);
        }
    }

    // Moves the data of the IDAT chunks to the beginning; returns its length.
    private static int GatherPixels(Span<byte> file)
    {
        int gathered = 0;
        int offset = Signature.Length;
        while (true)
        {
            ReadOnlySpan<byte> type = ReadChunk(file, ref offset, out ReadOnlySpan<byte> data);
            if (type.SequenceEqual("IEND"u8))
                return gathered;
            if (type.SequenceEqual("IDAT"u8))
            {
                data.CopyTo(file[gathered..]); // the place is behind it: its chunks' overhead lies in front
                gathered += data.Length;
            }
            else if (type[0] is >= (byte)'A' and <= (byte)'Z' && !type.SequenceEqual("IHDR"u8) && !type.SequenceEqual("PLTE"u8))
            {
                throw new InvalidDataException("found a PNG picture with a chunk of unknown meaning, expected IHDR, IDAT and IEND");
            }
        }
    }

    private static ReadOnlySpan<byte> ReadChunk(ReadOnlySpan<byte> file, ref int offset, out ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> rest = file[offset..];
        if (rest.Length < ChunkOverhead || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - ChunkOverhead)
            throw new InvalidDataException("found a PNG picture that is cut short");
        int length = BinaryPrimitives.ReadInt32BigEndian(rest);
        ReadOnlySpan<byte> type = rest.Slice(4, 4);
        data = rest.Slice(8, length);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]) != Crc32.Of(type, data))
            throw new InvalidDataException("found a PNG picture with a wrong checksum");
        offset += ChunkOverhead + length;
        return type;
    }

    // Clause 9: bytes are differences to those at their left (a), above (b) and above at the left (c).
    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        if (filter > 4)
            throw new InvalidDataException($"found a PNG picture with filter {filter}, expected 0 to 4");
        for (int i = 0; filter != 0 && i < line.Length; i++)
        {
            int a = i >= step ? line[i - step] : 0;
            int b = above.IsEmpty ? 0 : above[i];
            int c = i >= step && !above.IsEmpty ? above[i - step] : 0;
            line[i] += (byte)(filter switch
            {
                1 => a,
                2 => b,
                3 => (a + b) / 2,
                _ => Paeth(a, b, c),
            });
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - c - c);
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}
