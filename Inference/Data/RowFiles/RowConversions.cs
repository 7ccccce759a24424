using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OnnxAE.Inference;

/// <summary>The ways from the values of a file to those of a column.</summary>
internal static class RowConversions
{
    /// <summary>The conversion between two types.</summary>
    /// <param name="bytes">What becomes of pixels.</param>
    public static RowConversion<TFile, T> Create<TFile, T>(BytePixels bytes)
        where TFile : unmanaged, INumber<TFile>
        where T : unmanaged, INumber<T>
    {
        if (bytes != BytePixels.Unit)
        {
            return typeof(TFile) == typeof(T)
                ? (found, values) => MemoryMarshal.Cast<TFile, T>(found).CopyTo(values)
                : TensorPrimitives.ConvertTruncating; // of Double to Single: what is too large becomes infinite, and a bad row
        }

        if (typeof(TFile) == typeof(byte) && typeof(T) == typeof(float))
            return (found, values) => PixelScale.ToUnit(MemoryMarshal.AsBytes(found), MemoryMarshal.Cast<T, float>(values));
        T white = T.CreateChecked(byte.MaxValue);
        return (found, values) =>
        {
            TensorPrimitives.ConvertTruncating(found, values);
            TensorPrimitives.Divide<T>(values, white, values);
        };
    }
}

/// <summary>Brings the values of a file to the type of a column.</summary>
internal delegate void RowConversion<TFile, T>(ReadOnlySpan<TFile> found, Span<T> values);
