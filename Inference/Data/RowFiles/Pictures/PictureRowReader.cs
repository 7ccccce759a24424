using System.Numerics;

namespace OnnxAE.Inference.Data.RowFiles.Pictures;

/// <summary>
/// Reads the pictures of a folder in the order of their names (ordinal). All have the size of the first one that can be
/// read, or that of the model's input; coloured ones become planes of red, green and blue, as networks take them.
/// </summary>
internal sealed class PictureRowReader<T> : RowReader<T>
    where T : unmanaged, INumber<T>
{
    private const int SpareBytes = 1 << 20; // of a file besides its pixels: texts, colour profiles

    private readonly string _folder;
    private readonly RowConversion<byte, T> _convert;
    private readonly string[] _names; // all that is kept of the rows: the order needs them
    private readonly byte[] _pixels;
    private readonly byte[] _planes;
    private readonly int _mostBytes;
    private PictureHeader? _expected;
    private byte[] _file = [];

    /// <exception cref="InvalidDataException">The folder holds no pictures.</exception>
    public PictureRowReader(string folder, RowFileOptions options)
        : base(options.RowSize)
    {
        _folder = folder;
        _convert = RowConversions.Create<byte, T>(options.Bytes);
        _names = [.. new DirectoryInfo(folder).EnumerateFiles().Select(f => f.Name).Where(IsPicture).Order(StringComparer.Ordinal)];
        if (_names.Length == 0)
            throw new InvalidDataException($"'{folder}' holds no .png or .pgm file, expected a folder of pictures.");
        _pixels = new byte[options.RowSize];
        _planes = new byte[options.RowSize];
        _mostBytes = (int)Math.Min(SpareBytes + (2L * options.RowSize), Array.MaxLength);
        _expected = SizeOf(options.RowShape);
        for (int i = 0; i < _names.Length && _expected is null; i++)
            TryRead(_names[i]);
        RowShape = _expected is { } size ? (size.Channels == 1 ? [size.Height, size.Width] : [size.Channels, size.Height, size.Width]) : [options.RowSize];
    }

    public override long? RowCount => _names.Length;

    public override IReadOnlyList<int> RowShape { get; }

    public override string Place => _names[Row];

    public override string? Name => _names[Row];

    public override bool MoveNext()
    {
        if (Row + 1 >= _names.Length)
            return false;
        Row++;
        Fault = TryRead(_names[Row]);
        return true;
    }

    public override void Dispose()
    {
    }

    private static bool IsPicture(string name)
        => name.EndsWith(".png", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pgm", StringComparison.OrdinalIgnoreCase);

    // [1, 28, 28], [28, 28], [3, 32, 32]; a flat row has pictures of any two sides, grey.
    private static PictureHeader? SizeOf(IReadOnlyList<int> shape) => shape switch
    {
        [var height, var width] => new PictureHeader(width, height, 1),
        [1 or 3, var height, var width] => new PictureHeader(width, height, shape[0]),
        _ => null,
    };

    // What is wrong with a picture; null where it was read.
    private string? TryRead(string name)
    {
        try
        {
            Read(name);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private void Read(string name)
    {
        int length = Load(name);
        ReadOnlySpan<byte> file = _file.AsSpan(0, length);
        int offset = 0;
        PictureHeader header = file.StartsWith(PngDecoder.Signature) ? PngDecoder.ReadHeader(file)
            : PgmDecoder.IsPgm(file) ? PgmDecoder.ReadHeader(file, out offset)
            : throw new InvalidDataException("found neither PNG nor PGM");
        if (_expected is { } expected ? header != expected : header.Channels != 1 || header.Size != _pixels.Length)
        {
            string wanted = _expected is { } size ? $"{size}" : $"{_pixels.Length} grey ones";
            throw new InvalidDataException($"found {header}, expected {wanted}");
        }

        if (offset > 0)
            PgmDecoder.Decode(file, offset, _pixels);
        else
            PngDecoder.Decode(_file, length, header, _pixels);
        _expected = header;
        _convert(header.Channels == 1 ? _pixels : ToPlanes(header.Channels), Values);
    }

    private int Load(string name)
    {
        using FileStream stream = new(Path.Combine(_folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length > _mostBytes)
            throw new InvalidDataException(FormattableString.Invariant($"found a file of {stream.Length} bytes, expected at most {_mostBytes}"));
        if (_file.Length < stream.Length)
            _file = new byte[Math.Min(_mostBytes, stream.Length * 2)];
        return stream.ReadAtLeast(_file, (int)stream.Length, throwOnEndOfStream: false);
    }

    private byte[] ToPlanes(int channels)
    {
        int plane = _pixels.Length / channels;
        for (int i = 0; i < _pixels.Length; i++)
            _planes[(i % channels * plane) + (i / channels)] = _pixels[i];
        return _planes;
    }
}
