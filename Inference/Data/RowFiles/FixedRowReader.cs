using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OnnxAE.Inference;

/// <summary>Reads rows of a fixed number of bytes, as many as the file's header announces.</summary>
/// <param name="content">What follows the header; disposed with the reader.</param>
/// <param name="name">What to call the file in messages.</param>
/// <param name="header">What the header says.</param>
/// <param name="convert">Brings the file's values to the column's type.</param>
internal sealed class FixedRowReader<TFile, T>(Stream content, string name, ArrayHeader header, RowConversion<TFile, T> convert)
    : RowReader<T>(header.RowSize)
    where TFile : unmanaged, INumber<TFile>
    where T : unmanaged, INumber<T>
{
    private readonly TFile[] _row = new TFile[header.RowSize];

    public override long? RowCount => header.Rows;

    public override IReadOnlyList<int> RowShape => header.RowShape;

    public override string Place => FormattableString.Invariant($"byte {header.Bytes + (Row * MemoryMarshal.AsBytes(_row.AsSpan()).Length)}");

    public override bool MoveNext()
    {
        if (Row + 1 >= header.Rows)
        {
            if (content.ReadByte() >= 0)
            {
                throw new InvalidDataException($"'{name}' goes on after the {header.Rows:N0} rows that its header announces, expected the end.");
            }

            return false;
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(_row.AsSpan());
        if (content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException($"'{name}' ends within row {Row + 2:N0}, expected {header.Rows:N0} rows: it is cut short.");
        }

        Row++;
        convert(_row, Values);
        Fault = FindFault();
        return true;
    }

    public override void Dispose() => content.Dispose();
}

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
        {
            return (found, values) => PixelScale.ToUnit(MemoryMarshal.AsBytes(found), MemoryMarshal.Cast<T, float>(values));
        }

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
