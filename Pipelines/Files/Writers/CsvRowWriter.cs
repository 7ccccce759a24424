using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OnnxAE.Pipelines;

/// <summary>
/// Writes a line of headings and a line a row, set apart by commas, in the shortest form that reads back to the same
/// numbers; missing values are <c>NaN</c>.
/// </summary>
internal sealed class CsvRowWriter : RowWriter
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly Stream _target;
    private readonly GZipStream? _gzip;
    private readonly bool _withRows;
    private int _used;
    private bool _isFirst;

    /// <param name="target">Where to; stays open.</param>
    /// <param name="isGzip">Whether to pack it.</param>
    /// <param name="headings">One a value.</param>
    /// <param name="withRows">Whether lines begin with the row's name, or its number counted from 1.</param>
    public CsvRowWriter(Stream target, bool isGzip, IEnumerable<string> headings, bool withRows)
    {
        _gzip = isGzip ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : null; // a better one takes longer than the model
        _target = _gzip ?? target;
        _withRows = withRows;
        string line = string.Join(',', (withRows ? ["row"] : Array.Empty<string>()).Concat(headings).Select(Quote));
        _target.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>A cell as RFC 4180 wants it: in quotes where it has a separator, a quote or a line break.</summary>
    public static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    public override void BeginRow(long row, string? name)
    {
        _isFirst = true;
        if (_withRows)
        {
            AppendText(name ?? (row + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    public override void Append<T>(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            Separate();
            int written;
            while (!value.TryFormat(_buffer.AsSpan(_used), out written, default, CultureInfo.InvariantCulture))
            {
                Flush();
            }

            _used += written;
        }
    }

    public override void AppendText(string text)
    {
        Separate();
        Flush();
        _target.Write(Encoding.UTF8.GetBytes(Quote(text)));
    }

    public override void AppendMissing(int count)
    {
        Span<double> missing = [double.NaN];
        for (int i = 0; i < count; i++)
        {
            Append<double>(missing);
        }
    }

    public override void EndRow() => Put((byte)'\n');

    public override void Complete()
    {
        Flush();
        _gzip?.Dispose();
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            Put((byte)',');
        }

        _isFirst = false;
    }

    private void Put(byte character)
    {
        if (_used == _buffer.Length)
        {
            Flush();
        }

        _buffer[_used++] = character;
    }

    private void Flush()
    {
        _target.Write(_buffer, 0, _used);
        _used = 0;
    }
}
