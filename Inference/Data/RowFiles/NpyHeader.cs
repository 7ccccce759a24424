using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OnnxAE.Inference;

/// <summary>Reads the header of NumPy's array files.</summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</remarks>
internal static partial class NpyHeader
{
    private const int MostBytes = 1 << 16; // NumPy's own headers of plain arrays have 128
    private const int MostDimensions = 64; // NumPy's limit

    /// <summary>The bytes that every such file starts with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header, and nothing behind it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of an array that can't be read row by row.</exception>
    public static ArrayHeader Read(Stream content, string name)
    {
        Span<byte> start = stackalloc byte[8];
        if (content.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start.StartsWith(Magic) || start[6] is < 1 or > 3)
        {
            throw new InvalidDataException($"'{name}' does not start like a NumPy array of format 1 to 3, expected an .npy file.");
        }

        int sizeBytes = start[6] == 1 ? 2 : 4;
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        if (content.ReadAtLeast(size[..sizeBytes], sizeBytes, throwOnEndOfStream: false) < sizeBytes)
        {
            throw CutShort(name);
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MostBytes)
        {
            throw new InvalidDataException($"'{name}' claims a header of {length:N0} bytes, expected at most {MostBytes:N0}: it is damaged.");
        }

        byte[] text = new byte[length];
        if (content.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw CutShort(name);
        }

        return Parse(Encoding.Latin1.GetString(text), name, 8 + sizeBytes + text.Length);
    }

    private static ArrayHeader Parse(string text, string name, int bytes)
    {
        // A Python dictionary of three entries, in any order. Python 2 writes 2L for 2, and NumPy 2 may write np.int64(2).
        text = Number().Replace(text, "$1$2");
        Match description = Description().Match(text);
        Match order = Order().Match(text);
        Match shape = Shape().Match(text);
        if (!text.TrimStart().StartsWith('{') || !text.TrimEnd().EndsWith('}') || !order.Success || !shape.Success)
        {
            throw new InvalidDataException($"'{name}' has a header that is no NumPy array's, expected descr, fortran_order and shape: it is damaged.");
        }

        string type = description.Success ? description.Groups[1].Value : "?";
        Type element = type.TrimStart('<', '>', '|', '=') switch
        {
            "f2" => typeof(Half),
            "f4" => typeof(float),
            "f8" => typeof(double),
            "i1" => typeof(sbyte),
            "i2" => typeof(short),
            "i4" => typeof(int),
            "i8" => typeof(long),
            "u1" => typeof(byte),
            "u2" => typeof(ushort),
            "u4" => typeof(uint),
            "u8" => typeof(ulong),
            "b1" => typeof(bool),
            _ => throw new InvalidDataException(description.Success
                ? $"'{name}' holds values of the type '{type}', expected numbers such as float32 ('<f4'): save it as array.astype('float32')."
                : $"'{name}' holds records of several fields, expected an array of numbers: save one field, or all as numpy.lib.recfunctions.structured_to_unstructured(array)."),
        };

        string[] sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (sizes.Length is 0 or > MostDimensions)
        {
            throw new InvalidDataException($"'{name}' holds an array of {sizes.Length} dimensions, expected rows in its first one.");
        }

        if (!long.TryParse(sizes[0], NumberStyles.None, CultureInfo.InvariantCulture, out long rows))
        {
            throw new InvalidDataException($"'{name}' claims {sizes[0]} rows, expected a number of at most {long.MaxValue:N0}.");
        }

        int[] rowShape = new int[sizes.Length - 1];
        for (int i = 0; i < rowShape.Length; i++)
        {
            if (!int.TryParse(sizes[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rowShape[i]))
            {
                throw new InvalidDataException($"'{name}' claims {sizes[i + 1]} entries in dimension {i + 2}, expected at most {int.MaxValue:N0}.");
            }
        }

        return new ArrayHeader(element, rows, rowShape, bytes)
        {
            IsBigEndian = type[0] == '>',
            IsColumnMajor = order.Groups[1].Value.Equals("True", StringComparison.OrdinalIgnoreCase) && rowShape.Any(d => d != 1),
        };
    }

    private static InvalidDataException CutShort(string name) => new($"'{name}' ends within its header, expected a whole .npy file.");

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([^'""]{1,16})['""]")]
    private static partial Regex Description();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False|true|false)\b")]
    private static partial Regex Order();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*[(\[]([0-9,\s]*)[)\]]")]
    private static partial Regex Shape();

    [GeneratedRegex(@"\b([0-9]+)L\b|\bnp\.u?int[0-9]+\(([0-9]+)\)")]
    private static partial Regex Number();
}

/// <summary>What the header of an array file says.</summary>
/// <param name="Element">Type of the values.</param>
/// <param name="Rows">Size of the first dimension.</param>
/// <param name="RowShape">The other dimensions; empty for rows of a single value.</param>
/// <param name="Bytes">Length of the header.</param>
internal sealed record ArrayHeader(Type Element, long Rows, IReadOnlyList<int> RowShape, int Bytes)
{
    /// <summary>Whether the first byte of a value is its highest.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Whether all first values of the rows stand before all second ones (Fortran's order).</summary>
    public bool IsColumnMajor { get; init; }

    /// <summary>The shape that rows are given in: that of the file, or the one asked for.</summary>
    public IReadOnlyList<int> GivenShape { get; private init; } = RowShape;

    /// <summary>Whether a row is [height, width, channels] in the file and given as [channels, height, width].</summary>
    public bool IsChannelsLast { get; private init; }

    /// <summary>Values a row.</summary>
    public int RowSize => checked((int)Product(RowShape));

    /// <summary>Values a row, however large; -1 where even that is too many to count.</summary>
    public long ClaimedRowSize => Product(RowShape);

    /// <summary>
    /// The header with its rows in the shape asked for. Dimensions of 1 don't count, flat rows take any shape, and a picture
    /// whose channels stand last is brought into planes; where both ways fit, as in [3, 3, 3], channels stand first.
    /// </summary>
    /// <param name="wanted">A shape of as many values.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">The values would be read in the wrong order.</exception>
    public ArrayHeader GivenAs(IReadOnlyList<int> wanted, string name)
    {
        int[] own = [.. RowShape.Where(d => d != 1)], asked = [.. wanted.Where(d => d != 1)];
        return asked.Length < 2 || own.SequenceEqual(asked) ? this
            : own.Length < 2 ? this with { GivenShape = wanted }
            : own is [var height, var width, var channels] && asked.SequenceEqual([channels, height, width]) ? this with { GivenShape = wanted, IsChannelsLast = true }
            : throw new InvalidDataException(
                $"'{name}' holds rows of {string.Join(" x ", RowShape)}, expected {string.Join(" x ", wanted)}: bring them to this shape, for example by numpy's transpose or reshape.");
    }

    private static long Product(IReadOnlyList<int> shape)
    {
        Int128 product = 1;
        foreach (int dimension in shape)
        {
            product *= dimension;
            if (product > long.MaxValue)
            {
                return -1;
            }
        }

        return (long)product;
    }
}
