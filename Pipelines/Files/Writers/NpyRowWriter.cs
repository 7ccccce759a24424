using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace OnnxAE.Pipelines;

/// <summary>Writes NumPy's array file, byte for byte as numpy.save does; missing values are NaN.</summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</remarks>
internal sealed class NpyRowWriter : RowWriter
{
    private const int Alignment = 64;
    private const int MostDigits = 21; // NumPy leaves room for a first dimension of so many, so that it can be written again

    private readonly Stream target;
    private readonly string element;
    private readonly IReadOnlyList<int> rowShape;
    private readonly long? announced;
    private long rows;

    /// <param name="target">Where to; stays open.</param>
    /// <param name="element">Type of the values.</param>
    /// <param name="rowShape">Shape of a row; empty for single values.</param>
    /// <param name="announced">Number of rows; null writes it at the end, into the beginning of a stream that can seek.</param>
    public NpyRowWriter(Stream target, Type element, IReadOnlyList<int> rowShape, long? announced)
    {
        this.target = target;
        this.element = Describe(element);
        this.rowShape = rowShape;
        this.announced = announced;
        target.Write(Header(announced ?? 0));
    }

    /// <inheritdoc/>
    public override void BeginRow(long row, string? name) => rows++;

    /// <inheritdoc/>
    public override void Append<T>(ReadOnlySpan<T> values) => target.Write(MemoryMarshal.AsBytes(values));

    /// <inheritdoc/>
    public override void AppendMissing(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (element == "<f8")
            {
                Append<double>([double.NaN]);
            }
            else
            {
                Append<float>([float.NaN]);
            }
        }
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (announced is null)
        {
            target.Position = 0;
            target.Write(Header(rows));
        }
        else if (announced != rows)
        {
            throw new InvalidDataException($"{rows:N0} rows were written behind a header that announces {announced:N0}; the output is of no use.");
        }

        target.Flush();
    }

    private byte[] Header(long count)
    {
        string digits = count.ToString(CultureInfo.InvariantCulture);
        string shape = rowShape.Count == 0 ? $"({digits},)" : $"({string.Join(", ", rowShape.Select(size => size.ToString(CultureInfo.InvariantCulture)).Prepend(digits))})";
        string text = $"{{'descr': '{element}', 'fortran_order': False, 'shape': {shape}, }}" + new string(' ', MostDigits - digits.Length);
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, 0, 0];
        int length = (start.Length + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), checked((ushort)(length - start.Length)));
        return [.. start, .. Encoding.ASCII.GetBytes(text.PadRight(length - start.Length - 1)), (byte)'\n'];
    }

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => "<f4",
        TypeCode.Double => "<f8",
        TypeCode.SByte => "|i1",
        TypeCode.Byte => "|u1",
        TypeCode.Int16 => "<i2",
        TypeCode.UInt16 => "<u2",
        TypeCode.Int32 => "<i4",
        TypeCode.UInt32 => "<u4",
        TypeCode.Int64 => "<i8",
        TypeCode.UInt64 => "<u8",
        _ => throw new NotSupportedException($"Values of the type {type.Name} can't be written as .npy."),
    };
}
