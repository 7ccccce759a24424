using System.Numerics;

namespace OnnxAE.Inference;

/// <summary>
/// Reads the pictures of a folder in the order of their names (ordinal). All have the size of the first one that can be
/// read, or that of the model's input; for an input of three planes they are given as red, green and blue.
/// </summary>
internal sealed class PictureRowReader<T> : RowReader<T>
    where T : unmanaged, INumber<T>
{
    private const int SpareBytes = 1 << 20; // of a file besides its pixels: texts, colour profiles

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".pgm"];

    private readonly string _folder;
    private readonly RowConversion<byte, T> _convert;
    private readonly string[] _names; // all that is kept of the rows: the order needs them
    private readonly PictureDecoder _decoder;
    private readonly int _mostBytes;
    private byte[] _file = [];

    /// <exception cref="InvalidDataException">The folder holds no pictures.</exception>
    public PictureRowReader(string folder, RowFileOptions options)
        : base(options.RowSize)
    {
        _folder = folder;
        _convert = RowConversions.Create<byte, T>(options.Bytes);
        _names = [.. new DirectoryInfo(folder).EnumerateFiles().Select(f => f.Name).Where(IsPicture).Order(StringComparer.Ordinal)];
        if (_names.Length == 0)
        {
            throw new InvalidDataException($"'{folder}' holds no picture, expected files named {string.Join(", ", Extensions)}.");
        }

        _decoder = new PictureDecoder(options.RowShape);
        _mostBytes = (int)Math.Min(SpareBytes + ((long)PictureDecoder.MostBytesPerPixel * options.RowSize), Array.MaxLength);
        for (int i = 0; i < _names.Length && _decoder.Size is null; i++)
        {
            TryRead(_names[i]);
        }

        RowShape = _decoder.Size is not var (width, height) ? [options.RowSize]
            : _decoder.Channels == 1 ? [height, width] : [_decoder.Channels, height, width];
    }

    public override long? RowCount => _names.Length;

    public override IReadOnlyList<int> RowShape { get; }

    public override string Place => _names[Row];

    public override string? Name => _names[Row];

    public override bool MoveNext()
    {
        if (Row + 1 >= _names.Length)
        {
            return false;
        }

        Row++;
        Fault = TryRead(_names[Row]);
        return true;
    }

    public override void Dispose()
    {
    }

    private static bool IsPicture(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    // What is wrong with a picture; null where it was read.
    private string? TryRead(string name)
    {
        try
        {
            int length = Load(name);
            _decoder.Read(_file.AsSpan(0, length));
            _convert(_decoder.Planes, Values);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private int Load(string name)
    {
        using FileStream stream = new(Path.Combine(_folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length > _mostBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant($"found a file of {stream.Length} bytes, expected at most {_mostBytes}"));
        }

        if (_file.Length < stream.Length)
        {
            _file = new byte[Math.Min(_mostBytes, stream.Length * 2)];
        }

        return stream.ReadAtLeast(_file, (int)stream.Length, throwOnEndOfStream: false);
    }
}
