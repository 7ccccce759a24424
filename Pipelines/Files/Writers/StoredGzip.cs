using System.IO.Compression;

namespace OnnxAE.Pipelines;

/// <summary>
/// A gzip file (RFC 1952) of bytes that are not packed, so that its length depends on theirs alone and it can be written
/// again in its place. Another gzip file may follow: all readers take the two for one.
/// </summary>
internal static class StoredGzip
{
    /// <summary>Wraps a few bytes.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> content)
    {
        using MemoryStream file = new();
        using (GZipStream gzip = new(file, CompressionLevel.NoCompression))
            gzip.Write(content);
        return file.ToArray();
    }
}
