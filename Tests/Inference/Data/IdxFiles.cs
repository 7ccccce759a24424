using System.Buffers.Binary;
using System.IO.Compression;

namespace OnnxAE.Tests;

/// <summary>IDX files made on the spot.</summary>
internal static class IdxFiles
{
    public static byte[] Header(params int[] dimensions)
    {
        byte[] header = new byte[4 + (4 * dimensions.Length)];
        header[2] = 8;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        return header;
    }

    public static byte[] Random(int seed, params int[] dimensions)
    {
        byte[] values = new byte[dimensions.Aggregate(1, (a, b) => a * b)];
        new Random(seed).NextBytes(values);
        return [.. Header(dimensions), .. values];
    }

    public static byte[] Labels(params byte[] labels) => [.. Header(labels.Length), .. labels];

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
