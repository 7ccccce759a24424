using System.Buffers.Binary;
using OnnxAE.Inference.Data.RowFiles;

namespace OnnxAE.Pipelines.Scoring.Writers;

/// <summary>
/// A gzip file (RFC 1952) of bytes that are not packed, so that its length depends on theirs alone and it can be written
/// again in its place. Another gzip file may follow: all readers take the two for one.
/// </summary>
internal static class StoredGzip
{
    /// <summary>Wraps a few bytes.</summary>
    /// <param name="content">At most 65,535.</param>
    public static byte[] Wrap(ReadOnlySpan<byte> content)
    {
        const int Before = 15, Behind = 8;
        byte[] file = new byte[Before + content.Length + Behind];
        ReadOnlySpan<byte> start = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1]; // deflate, no name, no time; a last block, stored
        start.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(11), checked((ushort)content.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(13), (ushort)~content.Length);
        content.CopyTo(file.AsSpan(Before));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Before + content.Length), Crc32.Of(content));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Before + content.Length + 4), content.Length);
        return file;
    }
}
