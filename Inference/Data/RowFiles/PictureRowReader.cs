using System.Numerics;

namespace OnnxAE.Inference;

/// <summary>
/// Reads a picture, or the pictures of a folder and its subfolders in the order of their names (ordinal). Without resizing, all
/// have the size of the model's input or, where that is flat, of the first one that can be read; for an input of three planes
/// they are given as red, green and blue.
/// </summary>
internal sealed class PictureRowReader<T> : RowReader<T>
    where T : unmanaged, INumber<T>
{
    private readonly RowConversion<byte, T> _convert;
    private readonly PictureFolder _folder; // all that is kept of the rows are names: the order needs them
    private readonly PictureReader _reader;
    private readonly byte[] _planes;

    /// <exception cref="InvalidDataException">The folder holds no pictures, or the shape of a row is that of no picture.</exception>
    public PictureRowReader(string path, RowFileOptions options)
        : base(options.RowSize)
    {
        _convert = RowConversions.Create<byte, T>(options.Bytes);
        _folder = PictureFolder.Open(path);
        _reader = new PictureReader(_folder, options.RowShape, options.Pictures);
        _planes = new byte[_reader.ByteCount];
        for (int i = 0; i < _folder.Files.Count && _reader.Size is null; i++)
        {
            _reader.TryRead(i, _planes);
        }

        RowShape = _reader.Size is not var (width, height) ? [options.RowSize]
            : _reader.Channels == 1 ? [height, width]
            : options.RowShape is [not 3, _, 3] ? [height, width, 3]
            : [_reader.Channels, height, width];
    }

    public override long? RowCount => _folder.Files.Count;

    public override IReadOnlyList<int> RowShape { get; }

    public override string Place => _folder.Files[(int)Row].Name;

    public override bool HasNames => true;

    public override string? Name => Place;

    public override bool MoveNext()
    {
        if (Row + 1 >= _folder.Files.Count)
        {
            return false;
        }

        Row++;
        Fault = _reader.TryRead((int)Row, _planes);
        if (Fault is null)
        {
            _convert(_planes, Values);
        }

        return true;
    }

    public override void Dispose()
    {
    }
}
