using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace OnnxAE.Pipelines;

/// <summary>Writes NumPy's array file, byte for byte as numpy.save does; missing values are NaN.</summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</remarks>
internal sealed class NpyRowWriter : CountedRowWriter
{
    private const int Alignment = 64;
    private const int MostDigits = 21; // NumPy leaves room for a first dimension of so many, so that it can be written again

    private readonly string _element;
    private readonly IReadOnlyList<int> _rowShape;

    /// <param name="target">Where to; stays open.</param>
    /// <param name="element">Type of the values.</param>
    /// <param name="rowShape">Shape of a row; empty for single values.</param>
    /// <param name="announced">Number of rows; null writes it at the end, into the beginning of a stream that can seek.</param>
    public NpyRowWriter(Stream target, Type element, IReadOnlyList<int> rowShape, long? announced)
        : base(target, announced)
    {
        _element = Describe(element);
        _rowShape = rowShape;
        WriteHeader();
    }

    public override void Append<T>(ReadOnlySpan<T> values) => Target.Write(MemoryMarshal.AsBytes(values));

    public override void AppendMissing(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_element == "<f8")
            {
                Append<double>([double.NaN]);
            }
            else
            {
                Append<float>([float.NaN]);
            }
        }
    }

    protected override byte[] Header(long count)
    {
        string digits = count.ToString(CultureInfo.InvariantCulture);
        string shape = $"({digits},{(_rowShape.Count == 0 ? "" : " ")}{string.Join(", ", _rowShape)})";
        string text = $"{{'descr': '{_element}', 'fortran_order': False, 'shape': {shape}, }}" + new string(' ', MostDigits - digits.Length);
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
