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
    private readonly byte[] buffer = new byte[1 << 16];
    private readonly Stream target;
    private readonly GZipStream? gzip;
    private readonly bool withRows;
    private int used;
    private bool isFirst;

    /// <param name="target">Where to; stays open.</param>
    /// <param name="isGzip">Whether to pack it.</param>
    /// <param name="headings">One a value.</param>
    /// <param name="withRows">Whether lines begin with the row's name, or its number counted from 1.</param>
    public CsvRowWriter(Stream target, bool isGzip, IEnumerable<string> headings, bool withRows)
    {
        gzip = isGzip ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : null; // a better one takes longer than the model
        this.target = gzip ?? target;
        this.withRows = withRows;
        string line = string.Join(',', (withRows ? ["row"] : Array.Empty<string>()).Concat(headings).Select(Quote));
        this.target.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>A cell as RFC 4180 wants it: in quotes where it has a separator, a quote or a line break.</summary>
    public static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <inheritdoc/>
    public override void BeginRow(long row, string? name)
    {
        isFirst = true;
        if (withRows)
        {
            byte[] label = Encoding.UTF8.GetBytes(name is null ? (row + 1).ToString(CultureInfo.InvariantCulture) : Quote(name));
            Flush();
            target.Write(label);
            isFirst = false;
        }
    }

    /// <inheritdoc/>
    public override void Append<T>(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            Separate();
            int written;
            while (!value.TryFormat(buffer.AsSpan(used), out written, default, CultureInfo.InvariantCulture))
            {
                Flush();
            }

            used += written;
        }
    }

    /// <inheritdoc/>
    public override void AppendText(string text)
    {
        Separate();
        Flush();
        target.Write(Encoding.UTF8.GetBytes(Quote(text)));
    }

    /// <inheritdoc/>
    public override void AppendMissing(int count)
    {
        Span<double> missing = [double.NaN];
        for (int i = 0; i < count; i++)
        {
            Append<double>(missing);
        }
    }

    /// <inheritdoc/>
    public override void EndRow() => Put((byte)'\n');

    /// <inheritdoc/>
    public override void Complete()
    {
        Flush();
        gzip?.Dispose();
    }

    private void Separate()
    {
        if (!isFirst)
        {
            Put((byte)',');
        }

        isFirst = false;
    }

    private void Put(byte character)
    {
        if (used == buffer.Length)
        {
            Flush();
        }

        buffer[used++] = character;
    }

    private void Flush()
    {
        target.Write(buffer, 0, used);
        used = 0;
    }
}
