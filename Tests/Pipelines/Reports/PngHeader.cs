using System.Buffers.Binary;

namespace OnnxAE.Tests;

/// <summary>What the beginning of a PNG file says.</summary>
internal static class PngHeader
{
    public static (int Width, int Height) SizeOf(string path)
    {
        byte[] png = File.ReadAllBytes(path);
        return (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }
}
