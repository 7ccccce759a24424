using System.Numerics;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Pipelines.Scoring.Writers;

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
