using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Counts bad rows, keeps the first ones and writes all of them to a file, if there is one.</summary>
/// <param name="list">The file; null for none.</param>
internal sealed class BadRowLog(TextWriter? list)
{
    private const int MostKept = 100;

    private readonly Lock _gate = new();
    private readonly List<BadRow> _first = [];
    private long _count;

    /// <summary>How many there were.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The first of them.</summary>
    public IReadOnlyList<BadRow> First
    {
        get
        {
            lock (_gate)
            {
                return [.. _first];
            }
        }
    }

    /// <summary>Begins the file with its headings.</summary>
    public void Begin() => list?.WriteLine("row,place,fault");

    /// <summary>Takes note of one, on whichever thread it was found.</summary>
    public void Add(BadRow row)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _count);
            if (_first.Count < MostKept)
            {
                _first.Add(row);
            }

            list?.WriteLine($"{row.Row},{Cell(row.Place)},{Cell(row.Fault)}");
        }
    }

    private static string Cell(string text) => CsvRowWriter.Quote(text.ReplaceLineEndings(" ")); // a line a row, always
}
