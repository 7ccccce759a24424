using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A classifier that rows are put through: label and probability are written of each, and what labels tell is measured.</summary>
internal sealed class ClassifyScorer : RowModel
{
    private readonly ClassifyScoreRequest _request;
    private readonly ClassifyModel _model;
    private readonly uint[]? _keys; // of the rows' own labels; null without labels
    private readonly List<float[]> _measured = [];
    private readonly List<int> _classes = []; // of the rows that were measured
    private readonly long[] _counts; // rows that got each label
    private long _abstained;
    private IDisposable? _transformer;

    private ClassifyScorer(ClassifyScoreRequest request, ClassifyModel model, uint[]? keys)
        : base(model.Path)
    {
        _request = request;
        _model = model;
        _keys = keys;
        _counts = new long[model.Classes.Count];
    }

    public override IEnumerable<string> Headings => ["label", "probability", .. _request.WritesAll ? _model.Classes.Names.Select(name => $"p({name})") : []];

    public override IReadOnlyList<int> OutputShape => [_model.Classes.Count];

    public override IReadOnlyList<string> ColumnNames => [_model.ScoreColumn];

    private bool IsCsv => _request.Output.Format == OutputFormat.Csv;

    /// <summary>Opens the classifier of a request.</summary>
    /// <exception cref="UsageException">The output's format has no place for labels.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or a label is of no class.</exception>
    public static ClassifyScorer Open(ClassifyScoreRequest request)
    {
        ClassifyModel model = ClassifyModel.Open(request.Model);
        var scorer = new ClassifyScorer(request, model, request.Labels is { } labels ? ReadKeys(request, model, labels) : null);
        return scorer.IsCsv || request.Abstain == 0 ? scorer
            : throw new UsageException("Only a csv file has a place for labels; choose .csv, or leave --abstain out.");
    }

    public override IRowView Open(RowSource source, RowFileOptions options)
    {
        RowFileView rows = PixelRows.Open(source, options with { RowShape = _model.Shape, Pictures = _model.Pictures }, _request.Pixels);
        return !PixelRows.HoldsBytes(rows) ? rows
            : throw new UsageException($"'{rows.SourceName}' holds bytes; say --pixels unit for numbers from 0 to 1.");
    }

    public override IDataView Apply(IRowView rows)
    {
        IDataView pixels = PixelRows.AsPixels(rows);
        ITransformer transformer = _model.CreateTransformer(pixels);
        _transformer = transformer as IDisposable;
        return transformer.Transform(pixels);
    }

    public override OutputColumn[] CreateColumns(DataViewRow cursor) => [new Classification(this, cursor, cursor.Schema[_model.ScoreColumn])];

    public override void Check(long rows, long badRows)
    {
        if (_keys is not null && badRows == 0 && rows != _keys.Length)
        {
            throw new InvalidDataException($"'{_request.Labels}' has {_keys.Length:N0} labels, expected one for each of the {rows:N0} rows of '{_request.Input}'.");
        }
    }

    /// <summary>The figures of a file that was scored.</summary>
    public ClassifyScoreResult Describe(ScoringResult scored) => new(
        scored.Model,
        scored.Rows,
        _abstained,
        _model.Classes.Names.Zip(_counts).ToDictionary(pair => pair.First, pair => pair.Second),
        _keys is null ? null : ClassifyMeasure.Of(new Predictions(_measured, _classes), _request.Abstain),
        scored.BadRows,
        scored.FirstBadRows,
        scored.Seconds,
        scored.RowsPerSecond);

    public override void Dispose() => _transformer?.Dispose();

    private static uint[] ReadKeys(ClassifyScoreRequest request, ClassifyModel model, string labels)
    {
        if (request.Input == OutputTarget.Standard)
        {
            throw new UsageException("--labels needs rows that can be counted first; name a file with --in.");
        }

        // Labels are told by the rows' names, or their places: a bad row has both.
        PixelRows rows = PixelRows.Open(request.Input, new RowFileOptions
        {
            RowShape = model.Shape,
            Pictures = model.Pictures,
            Format = request.InputFormat,
            SkippedCells = request.SkippedCells,
            OnBadRow = BadRowHandling.Null,
        }, request.Pixels);
        return model.Classes.KeysOf(LabelFile.Read(labels, rows.Names, rows.Count, request.Input), labels);
    }

    // Takes note of a row's scores.
    private string LabelOf(ReadOnlySpan<float> scores, long row)
    {
        if (_keys is not null && row < _keys.Length && _keys[row] > 0)
        {
            _measured.Add(scores.ToArray());
            _classes.Add((int)_keys[row] - 1);
        }

        int best = Predictions.IndexOfMax(scores);
        if (!(scores[best] >= _request.Abstain)) // not a number is no label either
        {
            _abstained++;
            return "";
        }

        _counts[best]++;
        return _model.Classes.Names[best];
    }

    // In csv a label, its probability and maybe all of them; elsewhere the probabilities alone.
    private sealed class Classification(ClassifyScorer scorer, DataViewRow row, DataViewSchema.Column column) : OutputColumn
    {
        private readonly ValueGetter<VBuffer<float>> _getScores = row.GetGetter<VBuffer<float>>(column);
        private readonly ValueGetter<long> _getRow = row.GetGetter<long>(row.Schema[RowFileView.RowColumn]);
        private readonly float[] _scores = new float[((VectorDataViewType)column.Type).Size];
        private VBuffer<float> _buffer;

        public override Type ValueType => typeof(float);

        public override int Size => _scores.Length;

        private bool WritesAll => scorer._request.WritesAll || !scorer.IsCsv;

        public override void AppendTo(RowWriter writer)
        {
            long number = 0;
            _getRow(ref number);
            _getScores(ref _buffer);
            _buffer.CopyTo(_scores);
            string label = scorer.LabelOf(_scores, number);
            if (scorer.IsCsv)
            {
                writer.AppendText(label);
                writer.Append<float>(_scores.AsSpan(Predictions.IndexOfMax(_scores), 1));
            }

            if (WritesAll)
            {
                writer.Append<float>(_scores);
            }
        }

        public override void AppendMissing(RowWriter writer)
        {
            if (scorer.IsCsv)
            {
                writer.AppendText("");
                writer.AppendMissing(1);
            }

            if (WritesAll)
            {
                writer.AppendMissing(Size);
            }
        }
    }
}

/// <summary>What the command line asks of <c>classify score</c>.</summary>
internal sealed record ClassifyScoreRequest : RowsRequest
{
    /// <summary>Labels to measure by; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>Whether the probabilities of all classes are written.</summary>
    public bool WritesAll { get; init; }

    /// <summary>Rows whose most probable class is less probable get no label; 0 labels all.</summary>
    public double Abstain { get; init; }
}

/// <summary>What came of classifying a file.</summary>
/// <param name="Model">The file of the classifier.</param>
/// <param name="Rows">Rows written, missing ones among them.</param>
/// <param name="Abstained">Rows that got no label, since no class was probable enough.</param>
/// <param name="RowsByClass">Rows that got each label.</param>
/// <param name="Measured">What labels told; null without labels.</param>
/// <param name="BadRows">Rows that could not be used.</param>
/// <param name="FirstBadRows">The first of them.</param>
/// <param name="Seconds">From the first row read to the last one written.</param>
/// <param name="RowsPerSecond">Rows written a second.</param>
internal sealed record ClassifyScoreResult(
    string Model,
    long Rows,
    long Abstained,
    IReadOnlyDictionary<string, long> RowsByClass,
    ClassifyMeasure? Measured,
    long BadRows,
    IReadOnlyList<BadRow> FirstBadRows,
    double Seconds,
    double RowsPerSecond);
