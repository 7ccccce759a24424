using System.Diagnostics;
using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Puts the rows of a file through a model and writes what comes out, in memory that doesn't grow with the rows.</summary>
internal sealed class FileScorer(RowsRequest request, RowModel model, CliContext context, IProgressStep step, CancellationToken cancellationToken)
{
    private const int BufferSize = 1 << 16;
    private const int MostUnseenRows = 256;
    private const int LooksPerSecond = 20;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads, scores and writes all rows.</summary>
    /// <exception cref="UsageException">Input, model and output don't fit together.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or a row is bad and bad rows shall stop.</exception>
    public ScoringResult Run()
    {
        RowWriters.Check(request, model);
        RowSource source = request.Input == OutputTarget.Standard
            ? RowSource.OfStream(context.OpenStandardInput(), "standard input", cancellationToken)
            : RowSource.OfPath(request.Input, cancellationToken);
        if (request.BadRowsFile is null)
        {
            return Score(source, new BadRowLog(null));
        }

        ScoringResult? result = null;
        AtomicFile.Write(request.BadRowsFile, stream =>
        {
            using StreamWriter list = new(stream, leaveOpen: true);
            result = Score(source, new BadRowLog(list));
        });
        return result!;
    }

    private ScoringResult Score(RowSource source, BadRowLog badRows)
    {
        badRows.Begin();
        IRowView rows = model.Open(source, new RowFileOptions
        {
            RowShape = [],
            Format = request.InputFormat,
            OnBadRow = request.OnError,
            BadRowFound = badRows.Add,
            SkippedCells = request.SkippedCells,
        });
        IDataView scored = model.Apply(rows);
        ScoringResult? result = null;
        try
        {
            WithStream(stream => result = Write(source, rows, scored, stream, badRows));
        }
        catch (PixelRangeException exception)
        {
            throw new InvalidDataException(
                $"'{rows.SourceName}': {exception.Problem}. --pixels unit divides numbers up to 255 by 255; left away, bytes are brought to this range "
                + "and numbers taken as they are.", exception);
        }

        return result!;
    }

    private ScoringResult Write(RowSource source, IRowView rows, IDataView scored, Stream? stream, BadRowLog badRows)
    {
        DataViewSchema.Column? nameColumn = scored.Schema.GetColumnOrNull(RowFileView.NameColumn);
        DataViewSchema.Column rowColumn = scored.Schema[RowFileView.RowColumn], missingColumn = scored.Schema[RowFileView.MissingColumn];
        IEnumerable<DataViewSchema.Column> outputs = model.ColumnNames.Select(name => scored.Schema[name]);
        using DataViewRowCursor cursor = scored.GetRowCursor([.. outputs, rowColumn, missingColumn, .. nameColumn is { } n ? new[] { n } : []]);
        OutputColumn[] columns = model.CreateColumns(cursor); // an array: to go through it makes no garbage, row by row
        ValueGetter<long> getRow = cursor.GetGetter<long>(rowColumn);
        ValueGetter<bool> getMissing = cursor.GetGetter<bool>(missingColumn);
        ValueGetter<ReadOnlyMemory<char>>? getName = nameColumn is { } text ? cursor.GetGetter<ReadOnlyMemory<char>>(text) : null;

        using RowWriter writer = RowWriters.Create(request, model, stream, columns, rows.RowShape, rows.GetRowCount());
        SliceLog log = new(context.Time);
        long reported = context.Time.GetTimestamp();
        long count = 0, row = 0, nextLook = 1;
        bool isMissing = false;
        ReadOnlyMemory<char> name = default;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            getRow(ref row);
            getMissing(ref isMissing);
            getName?.Invoke(ref name);
            writer.BeginRow(row, getName is null ? null : name.ToString());
            foreach (OutputColumn column in columns)
            {
                if (isMissing)
                {
                    column.AppendMissing(writer);
                }
                else
                {
                    column.AppendTo(writer);
                }
            }

            writer.EndRow();
            count++;
            log.Count(count);
            if (count >= nextLook)
            {
                // At the clock, which takes longer than a small row: as often as suits the speed of the rows.
                nextLook = count + (long)Math.Clamp(count / (1 + log.Seconds) / LooksPerSecond, 1, MostUnseenRows);
                if (context.Time.GetElapsedTime(reported) > ReportEvery)
                {
                    reported = context.Time.GetTimestamp();
                    step.Report(Fraction(rows, source, row + 1), Status(count, log.Seconds, badRows.Count));
                }
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        model.Check(count, badRows.Count);
        writer.Complete();
        double seconds = log.Seconds;
        step.Report(1, Status(count, seconds, badRows.Count));
        using Process process = Process.GetCurrentProcess();
        return new ScoringResult(
            model.Path, model.Device, model.BatchSize, count, columns.Sum(column => column.Size), badRows.Count, badRows.First,
            seconds, Quantity.PerSecond(count, seconds), process.PeakWorkingSet64, log.Slices);
    }

    private void WithStream(Action<Stream?> write)
    {
        if (request.Output.IsFolder)
        {
            write(null); // the writer makes a folder
        }
        else if (request.Output.IsStandardOutput)
        {
            using Stream output = context.OpenStandardOutput();
            Buffered(output);
        }
        else
        {
            AtomicFile.Write(request.Output.Path, Buffered, cancellationToken);
        }

        void Buffered(Stream stream)
        {
            BufferedStream buffered = new(stream, BufferSize); // left open with its stream
            write(buffered);
            buffered.Flush();
        }
    }

    private static double Fraction(IRowView view, RowSource source, long row) =>
        view.AnnouncedRows is > 0 and long all ? (double)row / all
        : source.Length is > 0 and long bytes ? Math.Min(1, (double)source.BytesRead / bytes)
        : 0;

    private static string Status(long rows, double seconds, long badRows) =>
        $"{Quantity.Of(rows, "row")}, {Quantity.Rate(rows, seconds)}{(badRows > 0 ? $", {Quantity.Number(badRows)} bad" : "")}";
}

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
