using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
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

    public override IReadOnlyList<int> RowShape => header.GivenShape;

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
        if (header.IsBigEndian)
        {
            ByteOrder.Reverse<TFile>(_row);
        }

        convert(_row, Values);
        Fault = FindFault();
        return true;
    }

    public override void Dispose() => content.Dispose();
}

/// <summary>
/// Reads rows whose values lie column by column (Fortran's order): all of them are in memory, since the first row ends near the
/// file's end.
/// </summary>
/// <param name="values">All values, in the order of the file; as many as the header says.</param>
/// <param name="header">What the header says.</param>
/// <param name="convert">Brings the file's values to the column's type.</param>
internal sealed class ColumnMajorRowReader<TFile, T>(TFile[] values, ArrayHeader header, RowConversion<TFile, T> convert) : RowReader<T>(header.RowSize)
    where TFile : unmanaged, INumber<TFile>
    where T : unmanaged, INumber<T>
{
    private readonly TFile[] _row = new TFile[header.RowSize];
    private readonly long[] _places = Places(header);

    public override long? RowCount => header.Rows;

    public override IReadOnlyList<int> RowShape => header.GivenShape;

    public override string Place => FormattableString.Invariant($"row {Row + 1}");

    /// <summary>Reads all values.</summary>
    /// <exception cref="InvalidDataException">There are fewer or more than the header says.</exception>
    public static ColumnMajorRowReader<TFile, T> Read(Stream content, string name, long mostBytes, ArrayHeader header, RowConversion<TFile, T> convert)
    {
        Int128 bytes = (Int128)header.Rows * header.RowSize * Unsafe.SizeOf<TFile>();
        if (bytes > mostBytes || bytes > Array.MaxLength)
        {
            throw new InvalidDataException($"'{name}' claims {header.Rows:N0} rows that lie column by column, more than the {Math.Min(mostBytes, Array.MaxLength):N0} bytes that can be read so: "
                + "save it as numpy.ascontiguousarray(array).");
        }

        TFile[] values = new TFile[(int)(header.Rows * header.RowSize)];
        Span<byte> target = MemoryMarshal.AsBytes(values.AsSpan());
        if (content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length || content.ReadByte() >= 0)
        {
            throw new InvalidDataException($"'{name}' has not the {values.Length:N0} values that its header announces: it is damaged.");
        }

        if (header.IsBigEndian)
        {
            ByteOrder.Reverse<TFile>(values);
        }

        content.Dispose();
        return new ColumnMajorRowReader<TFile, T>(values, header, convert);
    }

    public override bool MoveNext()
    {
        if (Row + 1 >= header.Rows)
        {
            return false;
        }

        Row++;
        for (int i = 0; i < _row.Length; i++)
        {
            _row[i] = values[_places[i] + Row];
        }

        convert(_row, Values);
        Fault = FindFault();
        return true;
    }

    public override void Dispose()
    {
    }

    // Where each value of the first row is: the first dimension varies fastest, the rows, then the second.
    private static long[] Places(ArrayHeader header)
    {
        long[] places = new long[header.RowSize];
        for (int i = 0; i < places.Length; i++)
        {
            long stride = header.Rows, inner = places.Length, rest = i;
            foreach (int size in header.RowShape)
            {
                inner /= size;
                places[i] += rest / inner * stride;
                rest %= inner;
                stride *= size;
            }
        }

        return places;
    }
}

/// <summary>The order of a value's bytes.</summary>
internal static class ByteOrder
{
    /// <summary>Turns it round in place.</summary>
    public static void Reverse<T>(Span<T> values)
        where T : unmanaged
    {
        switch (Unsafe.SizeOf<T>())
        {
            case 2:
                Span<ushort> pairs = MemoryMarshal.Cast<T, ushort>(values);
                BinaryPrimitives.ReverseEndianness(pairs, pairs);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<T, uint>(values);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                Span<ulong> eights = MemoryMarshal.Cast<T, ulong>(values);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}

/// <summary>The ways from the values of a file to those of a column.</summary>
internal static class RowConversions
{
    /// <summary>A conversion that also brings [height, width, channels] to [channels, height, width].</summary>
    public static RowConversion<TFile, T> ToPlanes<TFile, T>(RowConversion<TFile, T> convert, int channels)
        where TFile : unmanaged
    {
        TFile[] planes = [];
        return (found, values) =>
        {
            if (planes.Length != found.Length)
            {
                planes = new TFile[found.Length];
            }

            int pixels = found.Length / channels;
            for (int i = 0; i < found.Length; i++)
            {
                planes[(i % channels * pixels) + (i / channels)] = found[i];
            }

            convert(planes, values);
        };
    }

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
