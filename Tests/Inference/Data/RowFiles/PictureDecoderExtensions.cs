using OnnxAE.Inference;

namespace OnnxAE.Tests;

internal static class PictureDecoderExtensions
{
    /// <summary>Reads a picture into planes of its own.</summary>
    public static byte[] ReadPlanes(this PictureDecoder decoder, ReadOnlySpan<byte> file)
    {
        byte[] planes = new byte[decoder.ByteCount];
        decoder.Read(file, planes);
        return planes;
    }
}
