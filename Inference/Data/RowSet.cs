using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OnnxAE.Inference;

/// <summary>
/// Rows of one shape in memory, with or without labels: pictures as bytes, or 32-bit floats of any kind. The values are never
/// copied: parts and choices of a set look at the same memory.
/// </summary>
public sealed class RowSet
{
    private readonly RowBlocks<byte>? _bytes;
    private readonly RowBlocks<float>? _floats;
    private readonly int _start;
    private readonly int[]? _chosen; // rows of the blocks; null for neighbouring ones

    /// <summary>Pictures as bytes that are in memory already. As numbers they are byte / 255.</summary>
    /// <param name="pixels">[N, channels, height, width], row-major, 0 to 255.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="labels">[N] classes, counted from 0, -1 for none; empty for a set without labels.</param>
    /// <param name="classes">Names of the classes; null names them by their numbers, from 0 to the largest label.</param>
    /// <exception cref="ArgumentException">The sizes don't fit together, or a label is of no class.</exception>
    public RowSet(ReadOnlyMemory<byte> pixels, IReadOnlyList<int> shape, ReadOnlyMemory<int> labels = default, IReadOnlyList<string>? classes = null)
        : this(new RowBlocks<byte>(pixels, RowShapes.SizeOf(shape)), null, RowShapes.RequirePicture(shape), labels, classes)
    {
    }

    /// <summary>Numbers that are in memory already. Those of pictures lie in [0, 1].</summary>
    /// <param name="values">[N, ..shape], row-major.</param>
    /// <param name="shape">[numbers], or [channels, height, width] of pictures.</param>
    /// <param name="labels">[N] classes, counted from 0, -1 for none; empty for a set without labels.</param>
    /// <param name="classes">Names of the classes; null names them by their numbers, from 0 to the largest label.</param>
    /// <exception cref="ArgumentException">The sizes don't fit together, or a label is of no class.</exception>
    public RowSet(ReadOnlyMemory<float> values, IReadOnlyList<int> shape, ReadOnlyMemory<int> labels = default, IReadOnlyList<string>? classes = null)
        : this(null, new RowBlocks<float>(values, RowShapes.SizeOf(shape)), shape, labels, classes)
    {
    }

    internal RowSet(
        RowBlocks<byte>? bytes, RowBlocks<float>? floats, IReadOnlyList<int> shape, ReadOnlyMemory<int> labels, IReadOnlyList<string>? classes)
        : this(bytes, floats, shape, labels, classes, start: 0, chosen: null, bytes?.Count ?? floats!.Count)
    {
    }

    private RowSet(
        RowBlocks<byte>? bytes,
        RowBlocks<float>? floats,
        IReadOnlyList<int> shape,
        ReadOnlyMemory<int> labels,
        IReadOnlyList<string>? classes,
        int start,
        int[]? chosen,
        int count)
    {
        (_bytes, _floats, _start, _chosen) = (bytes, floats, start, chosen);
        (Shape, Size, Count) = ([.. shape], RowShapes.SizeOf(shape), count);
        if (!labels.IsEmpty && labels.Length != Count)
        {
            throw new ArgumentException($"Found {labels.Length:N0} labels for {Count:N0} rows, expected as many.", nameof(labels));
        }

        int largest = -1;
        foreach (int label in labels.Span)
        {
            largest = label >= -1 ? Math.Max(largest, label) : throw new ArgumentException($"Found the label {label}, expected classes from 0, or -1 for none.", nameof(labels));
        }

        Classes = labels.IsEmpty ? [] : classes ?? Numbered(largest + 1);
        Labels = Classes.Count > 0 ? labels : default; // no class at all: no labels
        if (largest >= Classes.Count)
        {
            throw new ArgumentException($"Found the label {largest}, expected a class from 0 to {Classes.Count - 1}.", nameof(labels));
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>What a row is: [channels, height, width] of a picture, or [numbers].</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Values of a row.</summary>
    public int Size { get; }

    /// <summary>Whether rows are pictures.</summary>
    public bool IsPicture => Shape.Count == 3;

    /// <summary>Channels of a picture: 1 for grey, 3 for red, green and blue; 0 where rows are none.</summary>
    public int Channels => IsPicture ? Shape[0] : 0;

    /// <summary>Lines of a picture, in pixels; 0 where rows are none.</summary>
    public int Height => IsPicture ? Shape[1] : 0;

    /// <summary>Columns of a picture, in pixels; 0 where rows are none.</summary>
    public int Width => IsPicture ? Shape[2] : 0;

    /// <summary>Whether the values are bytes, and not floats.</summary>
    public bool HoldsBytes => _bytes is not null;

    /// <summary>[Count] classes, counted from 0, -1 for none; empty when the set has no labels.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>Whether the rows have labels.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>Names of the classes, which labels count; empty without labels.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Number of classes; 0 without labels.</summary>
    public int ClassCount => Classes.Count;

    /// <summary>Groups of neighbouring values that are one category each, one of them 1 and the others 0; empty where there are none.</summary>
    internal IReadOnlyList<(int Start, int Length)> Categories { get; init; } = [];

    /// <summary>The same rows with other names of classes, which may be more.</summary>
    internal RowSet WithClasses(IReadOnlyList<string> classes) => new(_bytes, _floats, Shape, Labels, classes, _start, _chosen, Count) { Categories = Categories };

    /// <summary>Some neighbouring rows, with their labels. The classes stay those of the whole set.</summary>
    /// <param name="start">The first, counted from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public RowSet Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new RowSet(_bytes, _floats, Shape, HasLabels ? Labels.Slice(start, count) : default, Classes, _start + start, _chosen?[start..(start + count)], count)
        {
            Categories = Categories,
        };
    }

    /// <summary>Rows chosen one by one, with their labels. The classes stay those of the whole set.</summary>
    /// <param name="rows">Which, counted from 0, in the order wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public RowSet Choose(IEnumerable<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] given = [.. rows];
        int[] labels = HasLabels ? [.. given.Select(row => Labels.Span[Require(row)])] : [];
        return new RowSet(_bytes, _floats, Shape, labels, Classes, start: 0, [.. given.Select(RowOf)], given.Length) { Categories = Categories };
    }

    /// <summary>Reads pictures from IDX files, gzip-compressed or not.</summary>
    /// <param name="imagesPath">A file of [N, height, width] or [N, channels, height, width] unsigned bytes.</param>
    /// <param name="labelsPath">A file of [N] unsigned bytes or 32-bit integers, -1 for none, or null for a set without labels.</param>
    /// <param name="classCount">Number of classes, where the file may lack the last ones; 0 to go by the labels.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is no IDX file, has other dimensions, or the two have different lengths.</exception>
    public static RowSet Load(string imagesPath, string? labelsPath = null, int classCount = 0)
    {
        IdxArray images = IdxReader.Read(imagesPath);
        int[] shape = images.Dimensions switch
        {
            [_, > 0 and int height, > 0 and int width] => [1, height, width],
            [_, > 0 and int channels, > 0 and int height, > 0 and int width] => [channels, height, width],
            _ => throw new InvalidDataException(
                $"'{imagesPath}' holds an array of {string.Join(" x ", images.Dimensions)}, expected images: count x height x width."),
        };
        if (labelsPath is null)
        {
            return new RowSet(images.Data, shape);
        }

        int[] classes = IdxReader.ReadLabels(labelsPath, out IReadOnlyList<int> dimensions);
        if (dimensions is not [int labelCount])
        {
            throw new InvalidDataException($"'{labelsPath}' holds an array of {string.Join(" x ", dimensions)}, expected a list of labels.");
        }

        if (labelCount != images.Dimensions[0])
        {
            throw new InvalidDataException(
                $"'{labelsPath}' holds {labelCount:N0} labels, expected one for each of the {images.Dimensions[0]:N0} images in '{imagesPath}'.");
        }

        int unusable = Array.FindIndex(classes, label => label is < -1 or > ushort.MaxValue);
        if (unusable >= 0)
        {
            throw new InvalidDataException($"'{labelsPath}' holds the label {classes[unusable]}, expected classes from 0 to {ushort.MaxValue}, or -1 for none.");
        }

        return new RowSet(images.Data, shape, classes, Numbered(Math.Max(classCount, classes.Append(-1).Max() + 1)));
    }

    /// <summary>The bytes of a row, in the order of <see cref="Shape"/>.</summary>
    /// <param name="row">Which, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The set holds floats.</exception>
    public ReadOnlySpan<byte> GetBytes(int row) =>
        (_bytes ?? throw new InvalidOperationException("The rows are floats; read them by CopyTo.")).Row(RowOf(row));

    /// <summary>Writes a row as numbers, in the order of <see cref="Shape"/>: bytes divided by 255, floats as they are.</summary>
    /// <param name="row">Which, counted from 0.</param>
    /// <param name="values">Room for <see cref="Size"/> numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void CopyTo(int row, Span<float> values)
    {
        int place = RowOf(row);
        if (_bytes is not null)
        {
            PixelScale.ToUnit(_bytes.Row(place), values[..Size]);
        }
        else
        {
            _floats!.Row(place).CopyTo(values);
        }
    }

    /// <summary>A row as numbers; see <see cref="CopyTo"/>.</summary>
    internal float[] ToArray(int row)
    {
        float[] values = new float[Size];
        CopyTo(row, values);
        return values;
    }

    /// <summary>A row as bytes that a picture can show: numbers in [0, 1] times 255, rounded; others are cut off there.</summary>
    /// <param name="row">Which, counted from 0.</param>
    internal byte[] GetPicture(int row)
    {
        if (_bytes is not null)
        {
            return GetBytes(row).ToArray();
        }

        byte[] pixels = new byte[Size];
        ReadOnlySpan<float> values = _floats!.Row(RowOf(row));
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Round(255 * Math.Clamp(values[i], 0, 1)); // NaN becomes 0
        }

        return pixels;
    }

    /// <summary>SHA-256 of the values, row by row: one name for rows, whatever their labels and their file.</summary>
    internal string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds the values, row by row, to a hash.</summary>
    internal void AppendTo(IncrementalHash hash)
    {
        for (int row = 0; row < Count; row++)
        {
            hash.AppendData(_bytes is not null ? GetBytes(row) : MemoryMarshal.AsBytes(_floats!.Row(RowOf(row))));
        }
    }

    /// <summary>Names of classes that only have numbers, from 0.</summary>
    internal static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private int RowOf(int row) => _chosen is null ? _start + Require(row) : _chosen[Require(row)];

    private int Require(int row) => (uint)row < (uint)Count ? row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"Expected a row from 0 to {Count - 1}.");
}

/// <summary>Shapes of rows: [channels, height, width] of pictures, [numbers] of anything else.</summary>
internal static class RowShapes
{
    /// <summary>Values of a row.</summary>
    /// <exception cref="ArgumentException">It is no shape, or one of too many values.</exception>
    public static int SizeOf(IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long size = shape.Count is 1 or 3 && shape.All(d => d > 0) ? shape.Aggregate(1L, (product, d) => Math.Min(product * d, int.MaxValue + 1L)) : 0;
        return size is > 0 and <= int.MaxValue ? (int)size
            : throw new ArgumentException($"Found the shape {Describe(shape)}, expected [channels, height, width] of a picture, or [numbers].", nameof(shape));
    }

    /// <summary>Refuses a shape that is no picture's.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static IReadOnlyList<int> RequirePicture(IReadOnlyList<int> shape) => shape.Count == 3 ? shape
        : throw new ArgumentException($"Found the shape {Describe(shape)}, expected [channels, height, width]: bytes are pixels.", nameof(shape));

    /// <summary>The entry of a model's metadata that has the shape of its rows, as <c>3x32x32</c>: channels, height, width.</summary>
    public const string MetadataKey = "onnxae.input_shape";

    /// <summary>A shape as metadata have it.</summary>
    public static string Write(IReadOnlyList<int> shape) => string.Join('x', shape);

    /// <summary>The shape that metadata name for rows of a size; null where they name none.</summary>
    public static IReadOnlyList<int>? Read(IReadOnlyDictionary<string, string> metadata, int size) =>
        Read(metadata) is { } shape && SizeOf(shape) == size ? shape : null;

    /// <summary>The shape of pictures that metadata name; null where they name none.</summary>
    public static IReadOnlyList<int>? ReadPicture(IReadOnlyDictionary<string, string> metadata) => Read(metadata) is [_, _, _] shape ? shape : null;

    private static int[]? Read(IReadOnlyDictionary<string, string> metadata)
    {
        string[] parts = metadata.GetValueOrDefault(MetadataKey)?.Split('x') ?? [];
        int[] shape = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int d) ? d : 0)];
        return shape.Length is 1 or 3 && shape.All(d => d > 0) && shape.Aggregate(1L, (product, d) => Math.Min(product * d, int.MaxValue + 1L)) <= int.MaxValue ? shape : null;
    }

    /// <summary>As in <c>[3, 32, 32]</c>.</summary>
    public static string Describe(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>As people say it: <c>28 x 28 pixels</c>, <c>32 x 32 pixels in 3 colours</c>, <c>29 numbers</c>; width before height.</summary>
    public static string Say(IReadOnlyList<int> shape) => shape switch
    {
        [1, var height, var width] => $"{width} x {height} pixels",
        [var channels, var height, var width] => $"{width} x {height} pixels in {channels} colours",
        _ => $"{string.Join(" x ", shape)} numbers",
    };
}

/// <summary>Rows in one array or several, each but the last of as many rows: what is read row by row need not be moved when it grows.</summary>
/// <param name="Blocks">The arrays.</param>
/// <param name="RowsPerBlock">Rows of each.</param>
/// <param name="RowSize">Values of a row.</param>
/// <param name="Count">Rows in all.</param>
internal sealed record RowBlocks<T>(IReadOnlyList<ReadOnlyMemory<T>> Blocks, int RowsPerBlock, int RowSize, int Count)
    where T : unmanaged
{
    /// <exception cref="ArgumentException">The values are no whole rows.</exception>
    public RowBlocks(ReadOnlyMemory<T> values, int rowSize)
        : this([values], Math.Max(1, values.Length / rowSize), rowSize, values.Length % rowSize == 0
            ? values.Length / rowSize
            : throw new ArgumentException($"Found {values.Length:N0} values, expected a multiple of {rowSize:N0}.", nameof(values)))
    {
    }

    /// <summary>A row.</summary>
    public ReadOnlySpan<T> Row(int row)
    {
        int block = Math.DivRem(row, RowsPerBlock, out int place);
        return Blocks[block].Span.Slice(place * RowSize, RowSize);
    }
}

/// <summary>Takes rows one after the other, as many as come; none is moved when more come.</summary>
/// <param name="rowSize">Values of a row.</param>
internal sealed class RowBlocksBuilder<T>(int rowSize)
    where T : unmanaged
{
    private const int BlockValues = 1 << 22; // 16 MB of floats

    private readonly int _rowsPerBlock = Math.Max(1, BlockValues / rowSize);
    private readonly List<T[]> _blocks = [];
    private T[] _last = [];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Room for the next row.</summary>
    public Span<T> Add()
    {
        int place = Count % _rowsPerBlock;
        if (place == 0)
        {
            _last = GC.AllocateUninitializedArray<T>(_rowsPerBlock * rowSize); // what is never written takes no memory
            _blocks.Add(_last);
        }

        Count = checked(Count + 1);
        return _last.AsSpan(place * rowSize, rowSize);
    }

    /// <summary>A row that was added, to be changed in place.</summary>
    public Span<T> this[int row] => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * rowSize, rowSize);

    /// <summary>The rows.</summary>
    public RowBlocks<T> ToBlocks() => new([.. _blocks.Select(block => (ReadOnlyMemory<T>)block)], _rowsPerBlock, rowSize, Count);
}
