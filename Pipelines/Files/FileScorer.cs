using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Puts the rows of a file through a model and writes what comes out, in memory that doesn't grow with the rows.</summary>
internal sealed class FileScorer(ScoringRequest request, CliContext context, IProgressStep step, CancellationToken cancellationToken)
{
    private const int BufferSize = 1 << 16;
    private const int MostUnseenRows = 256;
    private const int LooksPerSecond = 20;
    private const int SweepRows = 1_000_000;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Does it.</summary>
    /// <exception cref="UsageException">Input, model and output don't fit together.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or a row is bad and bad rows shall stop.</exception>
    public ScoringResult Run()
    {
        ScoringModel model = ScoringModel.Open(request, context.Error.WriteLine);
        RowWriters.Check(request, model);
        RowSource source = request.Input == OutputTarget.Standard
            ? RowSource.OfStream(context.OpenStandardInput(), "standard input", cancellationToken)
            : RowSource.OfPath(request.Input, cancellationToken);
        if (request.BadRowsFile is null)
        {
            return Score(model, source, new BadRowLog(null));
        }

        ScoringResult? result = null;
        AtomicFile.Write(request.BadRowsFile, stream =>
        {
            using StreamWriter list = new(stream, leaveOpen: true);
            result = Score(model, source, new BadRowLog(list));
        });
        return result!;
    }

    private ScoringResult Score(ScoringModel model, RowSource source, BadRowLog badRows)
    {
        badRows.Begin();
        RowFileView view = new(source, new RowFileOptions
        {
            RowShape = model.RowShape,
            Format = request.InputFormat,
            OnBadRow = request.OnError,
            BadRowFound = badRows.Add,
            Bytes = request.Pixels ?? BytePixels.Keep,
            IsDouble = model.ElementType == "double",
            SkippedCells = request.SkippedCells,
        });
        CheckBytes(view, model);
        using BatchedOnnxTransformer transformer = model.Estimator.Fit(view);
        IDataView scored = transformer.Transform(view);
        ScoringResult? result = null;
        try
        {
            WithStream(stream => result = Write(model, source, view, scored, transformer, stream, badRows));
        }
        catch (PixelRangeException exception)
        {
            throw new InvalidDataException(
                $"'{view.SourceName}': {exception.Problem}. --pixels unit divides numbers up to 255 by 255; left away, bytes are brought to this range and numbers taken as they are.", exception);
        }

        return result!;
    }

    private ScoringResult Write(
        ScoringModel model, RowSource source, RowFileView view, IDataView scored, BatchedOnnxTransformer transformer, Stream? stream, BadRowLog badRows)
    {
        DataViewSchema.Column[] outputs = [.. model.Outputs.Select(output => scored.Schema[output.Column])];
        DataViewSchema.Column? nameColumn = scored.Schema.GetColumnOrNull(RowFileView.NameColumn);
        DataViewSchema.Column rowColumn = scored.Schema[RowFileView.RowColumn], missingColumn = scored.Schema[RowFileView.MissingColumn];
        using DataViewRowCursor cursor = scored.GetRowCursor([.. outputs, rowColumn, missingColumn, .. nameColumn is { } n ? new[] { n } : []]);
        OutputColumn[] columns = [.. outputs.Select(column => OutputColumn.Create(cursor, column))];
        ValueGetter<long> getRow = cursor.GetGetter<long>(rowColumn);
        ValueGetter<bool> getMissing = cursor.GetGetter<bool>(missingColumn);
        ValueGetter<ReadOnlyMemory<char>>? getName = nameColumn is { } text ? cursor.GetGetter<ReadOnlyMemory<char>>(text) : null;
        int valuesPerRow = model.Outputs.Sum(output => output.Size);

        using RowWriter writer = RowWriters.Create(request, model, stream, columns, view.RowShape, view.GetRowCount());
        SliceLog log = new(context.Time);
        long reported = context.Time.GetTimestamp();
        long rows = 0, row = 0, nextLook = 1;
        bool isMissing = false;
        ReadOnlyMemory<char> name = default;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            getRow(ref row);
            getMissing(ref isMissing);
            getName?.Invoke(ref name);
            writer.BeginRow(row, getName is null ? null : name.ToString());
            if (isMissing)
            {
                writer.AppendMissing(valuesPerRow);
            }
            else
            {
                foreach (OutputColumn column in columns)
                {
                    column.AppendTo(writer);
                }
            }

            writer.EndRow();
            if (++rows % SweepRows == 0)
            {
                // A few bytes a batch are thrown away. Left alone, the runtime lets them pile up to the size of the
                // processor's cache before it looks: no leak, but memory would seem to grow with the rows.
                GC.Collect();
            }

            log.Count(rows);
            if (rows >= nextLook)
            {
                // At the clock, which takes longer than a small row: as often as suits the speed of the rows.
                nextLook = rows + (long)Math.Clamp(rows / (1 + log.Seconds) / LooksPerSecond, 1, MostUnseenRows);
                if (context.Time.GetElapsedTime(reported) > ReportEvery)
                {
                    reported = context.Time.GetTimestamp();
                    step.Report(Fraction(view, source, row + 1), Status(rows, log.Seconds, badRows.Count));
                }
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        writer.Complete();
        double seconds = log.Seconds;
        step.Report(1, Status(rows, seconds, badRows.Count));
        using Process process = Process.GetCurrentProcess();
        return new ScoringResult(
            model.Path, transformer.Device, transformer.BatchSize, rows, valuesPerRow, badRows.Count, badRows.First, seconds, seconds > 0 ? rows / seconds : 0, process.PeakWorkingSet64, log.Slices);
    }

    // Bytes mean nothing to a model that doesn't say what its black and white are.
    private void CheckBytes(RowFileView view, ScoringModel model)
    {
        bool holdsBytes = ((VectorDataViewType)view.Schema[RowFileView.ValuesColumn].Type).ItemType == NumberDataViewType.Byte;
        if (holdsBytes && !model.TakesBytes)
        {
            string why = request.Kind == ScoringKind.Decode ? "a decoder reads codes" : "its metadata names no range of pixels";
            throw new UsageException(
                $"'{view.SourceName}' holds bytes, and '{model.Path}' takes numbers: {why}. Say --pixels unit for numbers from 0 to 1, or --pixels raw for 0 to 255.");
        }
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

    private static double Fraction(RowFileView view, RowSource source, long row) =>
        view.AnnouncedRows is > 0 and long all ? (double)row / all
        : source.Length is > 0 and long bytes ? Math.Min(1, (double)source.BytesRead / bytes)
        : 0;

    private static string Status(long rows, double seconds, long badRows)
    {
        string bad = badRows > 0 ? string.Create(CultureInfo.InvariantCulture, $", {badRows:N0} bad") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {(seconds > 0 ? rows / seconds : 0):N0} rows/s{bad}");
    }
}
