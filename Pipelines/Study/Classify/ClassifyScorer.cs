using System.Globalization;
using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Puts the rows of a file through a classifier and writes labels and probabilities, in memory that doesn't grow with the rows.</summary>
internal sealed class ClassifyScorer(ClassifyScoreRequest request, CliContext context, IProgressStep step, CancellationToken cancellationToken)
{
    private const int BufferSize = 1 << 16;
    private const int ReportRows = 256;
    private const int SweepRows = 1_000_000;

    /// <summary>Does it.</summary>
    /// <exception cref="UsageException">The output's format has no place for labels.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, a row is bad and bad rows shall stop, or a label is of no class.</exception>
    public ClassifyScoreResult Run()
    {
        ClassifyModel model = ClassifyModel.Open(request.Model);
        CheckOutput();
        uint[]? keys = request.Labels is null ? null : ReadKeys(request.Labels, model);
        RowSource source = request.Input == OutputTarget.Standard
            ? RowSource.OfStream(context.OpenStandardInput(), "standard input", cancellationToken)
            : RowSource.OfPath(request.Input, cancellationToken);
        if (request.BadRowsFile is null)
        {
            return Score(model, source, keys, new BadRowLog(null));
        }

        ClassifyScoreResult? result = null;
        AtomicFile.Write(request.BadRowsFile, stream =>
        {
            using StreamWriter list = new(stream, leaveOpen: true);
            result = Score(model, source, keys, new BadRowLog(list));
        });
        return result!;
    }

    private ClassifyScoreResult Score(ClassifyModel model, RowSource source, uint[]? keys, BadRowLog badRows)
    {
        badRows.Begin();
        RowFileView rows = PixelRows.Open(
            source,
            new RowFileOptions
            {
                RowShape = [model.PixelCount],
                Format = request.InputFormat,
                OnBadRow = request.OnError,
                BadRowFound = badRows.Add,
                SkippedCells = request.SkippedCells,
            },
            request.Pixels);
        if (PixelRows.HoldsBytes(rows))
        {
            throw new UsageException($"'{rows.SourceName}' holds bytes; say --pixels unit for numbers from 0 to 1.");
        }

        IDataView view = PixelRows.AsPixels(rows);
        ITransformer transformer = model.CreateTransformer(view);
        using var disposable = transformer as IDisposable;
        IDataView scored = transformer.Transform(view);
        ClassifyScoreResult? result = null;
        if (request.Output.IsStandardOutput)
        {
            using Stream output = context.OpenStandardOutput();
            Buffered(output);
        }
        else
        {
            AtomicFile.Write(request.Output.Path, Buffered, cancellationToken);
        }

        return result!;

        void Buffered(Stream stream)
        {
            BufferedStream buffered = new(stream, BufferSize); // left open with its stream
            result = Write(model, rows, scored, buffered, keys, badRows);
            buffered.Flush();
        }
    }

    private ClassifyScoreResult Write(ClassifyModel model, RowFileView rows, IDataView scored, Stream stream, uint[]? keys, BadRowLog badRows)
    {
        using ScoredRows cursor = new(scored, model.ScoreColumn);
        using RowWriter writer = CreateWriter(model, stream, rows.AnnouncedRows);
        SliceLog log = new(context.Time);
        List<float[]> measured = [];
        List<int> classes = [];
        long[] counts = new long[model.Classes.Count];
        long count = 0, abstained = 0;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.BeginRow(cursor.Row, cursor.Name);
            int? label = null;
            if (!cursor.IsMissing)
            {
                int best = Predictions.IndexOfMax(cursor.Scores);
                label = cursor.Scores[best] >= request.Abstain ? best : null;
                if (label is null)
                {
                    abstained++;
                }
                else
                {
                    counts[best]++;
                }

                if (keys is not null && KeyAt(keys, cursor.Row) is > 0 and var key)
                {
                    measured.Add(cursor.Scores.ToArray());
                    classes.Add((int)key - 1);
                }
            }

            WriteRow(writer, cursor, label is { } chosen ? model.Classes.Names[chosen] : "");
            if (++count % SweepRows == 0)
            {
                GC.Collect(); // as FileScorer does, and for the same reason
            }

            log.Count(count);
            if (count % ReportRows == 0)
            {
                step.Report(rows.AnnouncedRows is > 0 and long all ? (double)count / all : 0, string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows, {badRows.Count:N0} bad"));
            }
        }

        if (keys is not null && badRows.Count == 0 && count != keys.Length)
        {
            throw new InvalidDataException($"'{request.Labels}' has {keys.Length:N0} labels, expected one for each of the {count:N0} rows of '{request.Input}'.");
        }

        writer.Complete();
        double seconds = log.Seconds;
        return new ClassifyScoreResult(
            model.Path,
            count,
            abstained,
            model.Classes.Names.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second),
            keys is null ? null : ClassifyMeasure.Of(new Predictions(measured, classes), request.Abstain),
            badRows.Count,
            badRows.First,
            seconds,
            seconds > 0 ? count / seconds : 0);
    }

    private void WriteRow(RowWriter writer, ScoredRows row, string label)
    {
        bool isCsv = request.Output.Format == OutputFormat.Csv;
        if (isCsv)
        {
            writer.AppendText(label);
            if (row.IsMissing)
            {
                writer.AppendMissing(1);
            }
            else
            {
                writer.Append<float>([row.Scores[Predictions.IndexOfMax(row.Scores)]]);
            }
        }

        if (request.WritesAll || !isCsv)
        {
            if (row.IsMissing)
            {
                writer.AppendMissing(row.ScoreCount);
            }
            else
            {
                writer.Append(row.Scores);
            }
        }

        writer.EndRow();
    }

    private RowWriter CreateWriter(ClassifyModel model, Stream stream, long? announced)
    {
        if (request.Output.Format == OutputFormat.Npy)
        {
            return new NpyRowWriter(stream, typeof(float), [model.Classes.Count], request.Output.IsRewritable ? null : announced);
        }

        IEnumerable<string> all = request.WritesAll ? model.Classes.Names.Select(name => $"p({name})") : [];
        return new CsvRowWriter(stream, request.Output.IsGzip, ["label", "probability", .. all], request.WithRows);
    }

    private void CheckOutput()
    {
        if (request.Output.Format is not (OutputFormat.Csv or OutputFormat.Npy))
        {
            throw new UsageException("Labels and probabilities are written as csv, or probabilities alone as npy; choose .csv or .npy.");
        }

        if (request.Output.Format == OutputFormat.Npy && (request.Abstain > 0 || request.WithRows))
        {
            throw new UsageException("An npy file has no place for labels and names; choose .csv, or leave --abstain and --with-rows out.");
        }
    }

    private uint[] ReadKeys(string labels, ClassifyModel model)
    {
        if (request.Input == OutputTarget.Standard)
        {
            throw new UsageException("--labels needs rows that can be counted first; name a file with --in.");
        }

        // Labels are told by the rows' names, or their places: a bad row has both.
        PixelRows rows = PixelRows.Open(request.Input, model.PixelCount, request.Pixels, request.InputFormat, request.SkippedCells, BadRowHandling.Null);
        return model.Classes.KeysOf(LabelFile.Read(labels, rows.Names, rows.Count, request.Input), labels);
    }

    private static uint KeyAt(uint[] keys, long row) => row < keys.Length ? keys[row] : 0;
}
