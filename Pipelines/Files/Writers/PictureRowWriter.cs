using System.Text;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// Writes a picture a row, called like the row or by its number. They are written to a folder beside the target, which takes
/// its name when all are there.
/// </summary>
internal sealed class PictureRowWriter : RowWriter
{
    private readonly string _target;
    private readonly string _working;
    private readonly string _extension;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly PixelRange _range;
    private readonly byte[] _planes;
    private readonly byte[] _pixels; // [height * width * 4] of a coloured picture
    private int _used;
    private string _file = "";

    /// <param name="path">A folder that is not there yet, or empty.</param>
    /// <param name="rowShape">[height, width], or [3, height, width] for planes of red, green and blue.</param>
    /// <param name="range">What black and white are among the values.</param>
    /// <param name="isPgm">Whether to write grey pictures as PGM instead of PNG.</param>
    public PictureRowWriter(string path, IReadOnlyList<int> rowShape, PixelRange range, bool isPgm)
    {
        _extension = isPgm ? ".pgm" : ".png";
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        (_height, _width, _channels) = (rowShape[^2], rowShape[^1], rowShape.Count == 3 ? rowShape[0] : 1);
        _range = range;
        _planes = new byte[_height * _width * _channels];
        _pixels = new byte[_channels == 1 ? 0 : _height * _width * 4];
        if (File.Exists(_target) || (Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any()))
        {
            throw new IOException($"'{path}' is there and not an empty folder; name another one for the pictures.");
        }

        _working = Path.Combine(Path.GetDirectoryName(_target)!, $".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}.tmp");
        Directory.CreateDirectory(_working);
    }

    public override void BeginRow(long row, string? name)
    {
        _used = 0;
        _file = Path.GetFullPath(Path.Combine(_working, name is null ? $"{row:D8}{_extension}" : Path.ChangeExtension(name, _extension)));
        if (!_file.StartsWith(_working + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IOException($"'{name}' leads out of the folder that pictures are written to.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_file)!); // the picture's class
        if (name is not null && File.Exists(_file))
        {
            _file = Path.Combine(_working, name + _extension); // a.png and a.pgm
        }
    }

    public override void Append<T>(ReadOnlySpan<T> values)
    {
        PixelBytes.Of(values, _range, _planes.AsSpan(_used, values.Length));
        _used += values.Length;
    }

    public override void EndRow()
    {
        if (_extension == ".pgm")
        {
            File.WriteAllBytes(_file, [.. Encoding.ASCII.GetBytes($"P5\n{_width} {_height}\n{byte.MaxValue}\n"), .. _planes]);
            return;
        }

        if (_channels == 1)
        {
            File.WriteAllBytes(_file, PngFile.Encode(_planes, _width, _height));
            return;
        }

        for (int i = 0; i < _planes.Length; i++)
        {
            _pixels[(i % (_height * _width) * 4) + (i / (_height * _width))] = _planes[i];
        }

        File.WriteAllBytes(_file, PngFile.EncodeColor(_pixels, _width, _height));
    }

    public override void Complete()
    {
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target); // empty, or it stays and this fails
        }

        Directory.Move(_working, _target);
    }

    public override void Dispose()
    {
        if (Directory.Exists(_working))
        {
            Directory.Delete(_working, recursive: true);
        }

        base.Dispose();
    }
}
