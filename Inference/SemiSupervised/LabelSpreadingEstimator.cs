using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>
/// Links each row with its nearest neighbors, lets labels spread along the links to rows that have none, and fits a trainer
/// to all rows. The neighbors are exact; the time for them grows with the square of the number of rows, memory with the rows
/// and their neighbors.
/// </summary>
/// <typeparam name="TTransformer">What the inner trainer makes.</typeparam>
public sealed class LabelSpreadingEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private readonly LabelSpreadingOptions _options;
    private readonly InnerTrainer<TTransformer> _inner;
    private readonly InnerTrainer<ITransformer> _starter; // gives the probabilities that smoothing starts from
    private readonly bool _isStarterInner;

    internal LabelSpreadingEstimator(IEstimator<TTransformer> inner, LabelSpreadingOptions options, IEstimator<ITransformer>? starter)
    {
        options.Check();
        _options = options;
        _inner = new InnerTrainer<TTransformer>(inner, options);
        _starter = new InnerTrainer<ITransformer>(starter ?? inner, options);
        _isStarterInner = starter is null;
    }

    /// <summary>Labels the rows that have no label and fits the inner trainer to all. The rows are read several times: cache what is slow to compute.</summary>
    /// <returns>The inner trainer's transformer. A row that no label reaches, one of zeros or with NaN for instance, was left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">No row has a label, or the inner trainer doesn't score every row.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema)); // a mismatch shows before a row is read

        _options.Report(SemiSupervisedStage.Reading, 0);
        FeatureRows? features = _options.Neighbors is null ? new FeatureRows(input.Schema[_options.FeatureColumnName]) : null;
        TrainingRows rows = TrainingRows.Read(input, _options.LabelColumnName, features);
        _options.Report(SemiSupervisedStage.Reading, 1);
        if (_options.Neighbors is { } known && known.RowCount != rows.Count)
        {
            throw new InvalidOperationException($"The given neighbors are those of {known.RowCount} rows, but there are {rows.Count}: find the neighbors of these rows.");
        }

        TrainingLabels labels = TrainingLabels.Given(rows);
        ITransformer? started = null;
        if (rows.LabeledCount < rows.Count)
        {
            labels = TrainingLabels.Of(rows, Spread(rows, labels, features?.Packed, out started), _options.IsTrainedOn ?? (_ => true), _options);
        }

        _options.Report(SemiSupervisedStage.Training, 0);
        TTransformer transformer = _inner.Fit(rows, labels);
        if (started is not null)
        {
            TransformerParts.DisposeUnused(_isStarterInner ? started : TransformerParts.LastOf(started), transformer);
        }

        _options.Report(SemiSupervisedStage.Training, 1);
        return transformer;
    }

    /// <summary>The columns that the inner trainer's transformer will make, behind those that it gets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape output = _inner.GetOutputSchema(inputSchema);
        _starter.GetOutputSchema(inputSchema);
        InnerTrainer<TTransformer>.CheckFeatures(inputSchema, _options.FeatureColumnName);
        return output;
    }

    private float[] Spread(TrainingRows rows, TrainingLabels given, PackedRows? features, out ITransformer? started)
    {
        started = null;
        float[] start = new float[rows.Count * rows.ClassCount];
        if (_options.Method == LabelSpreadingMethod.Smoothing)
        {
            _options.Report(SemiSupervisedStage.Scoring, 0);
            started = _starter.Fit(rows, given);
            start = _starter.Predict(started, rows);
            _options.Report(SemiSupervisedStage.Scoring, 1);
        }

        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Labels[row] == 0)
            {
                continue;
            }

            start.AsSpan(row * rows.ClassCount, rows.ClassCount).Clear();
            start[(row * rows.ClassCount) + rows.Labels[row] - 1] = 1;
        }

        _options.Report(SemiSupervisedStage.Neighbors, 0);
        NeighborLists neighbors = _options.Neighbors?.Lists ?? NeighborSearch.Find(
            features!, _options.NeighborCount, _options.Parallelism, fraction => _options.Report(SemiSupervisedStage.Neighbors, fraction));
        _options.Report(SemiSupervisedStage.Neighbors, 1);
        return LabelPropagation.Run(NeighborGraph.Of(neighbors, _options.SimilarityPower), start, rows, _options);
    }
}
