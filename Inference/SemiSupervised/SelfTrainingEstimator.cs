using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>
/// Teaches a trainer its own predictions, the certain ones first (Yarowsky 1995, "Unsupervised word sense disambiguation
/// rivaling supervised methods"; Lee 2013, "Pseudo-label").
/// </summary>
/// <typeparam name="TTransformer">What the inner trainer makes.</typeparam>
public sealed class SelfTrainingEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private readonly SelfTrainingOptions _options;
    private readonly InnerTrainer<TTransformer> _inner;

    internal SelfTrainingEstimator(IEstimator<TTransformer> inner, SelfTrainingOptions options)
    {
        options.Check();
        _options = options;
        _inner = new InnerTrainer<TTransformer>(inner, options);
    }

    /// <summary>Fits the inner trainer to the labeled rows, then to more and more of the others. The rows are read several times: cache what is slow to compute.</summary>
    /// <returns>The inner trainer's last transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">No row has a label, or the inner trainer doesn't score every row.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema)); // a mismatch shows before a row is read

        _options.Report(SemiSupervisedStage.Reading, 0);
        TrainingRows rows = TrainingRows.Read(input, _options.LabelColumnName);
        _options.Report(SemiSupervisedStage.Reading, 1);
        TrainingLabels labels = TrainingLabels.Given(rows);
        TTransformer transformer = _inner.Fit(rows, labels);
        for (int round = 1; round <= _options.Rounds && rows.LabeledCount < rows.Count; round++)
        {
            _options.Report(SemiSupervisedStage.Scoring, (round - 1.0) / _options.Rounds);
            float[] probabilities = _inner.Predict(transformer, rows);
            bool[] isChosen = Choose(rows, probabilities, (double)round / _options.Rounds * _options.MaximumFraction);
            TrainingLabels chosen = TrainingLabels.Of(rows, probabilities, row => isChosen[row], _options);
            labels = chosen;
            if (round == _options.Rounds)
            {
                _options.Report(SemiSupervisedStage.Training, 0);
            }

            TTransformer taught = _inner.Fit(rows, labels);
            TransformerParts.DisposeUnused(transformer, taught);
            transformer = taught;
        }

        _options.Report(SemiSupervisedStage.Training, 1);
        return transformer;
    }

    /// <summary>The columns that the inner trainer's transformer will make, behind those that it gets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _inner.GetOutputSchema(inputSchema);

    // Of the rows that are predicted to be of a class the most certain ones; of two as certain the earlier.
    private bool[] Choose(TrainingRows rows, float[] probabilities, double fraction)
    {
        bool[] isChosen = new bool[rows.Count];
        var byClass = Enumerable.Range(0, rows.Count)
            .Where(row => rows.Labels[row] == 0)
            .Select(row => (Row: row, Class: TrainingLabels.MostProbable(probabilities.AsSpan(row * rows.ClassCount, rows.ClassCount))))
            .GroupBy(r => r.Class, r => (r.Row, Confidence: probabilities[(r.Row * rows.ClassCount) + r.Class]));
        foreach (var rowsOfClass in byClass)
        {
            int quota = (int)Math.Ceiling(fraction * rowsOfClass.Count());
            foreach ((int row, _) in rowsOfClass.Where(r => r.Confidence >= _options.Threshold).OrderByDescending(r => r.Confidence).Take(quota))
            {
                isChosen[row] = true;
            }
        }

        return isChosen;
    }
}

/// <summary>Ends what transformers hold that nobody will see: sessions of ONNX Runtime would stay until the garbage collector comes by.</summary>
internal static class TransformerParts
{
    /// <summary>
    /// Disposes of an earlier fit what a later one of the same estimator is not made of. An estimator may return one object every
    /// time, by itself or in a chain.
    /// </summary>
    public static void DisposeUnused(ITransformer earlier, ITransformer later)
    {
        HashSet<ITransformer> used = new(Of(later), ReferenceEqualityComparer.Instance);
        foreach (ITransformer part in Of(earlier).Where(part => !used.Contains(part)))
        {
            (part as IDisposable)?.Dispose();
        }
    }

    /// <summary>What a trainer made, behind what may be one object every time.</summary>
    public static ITransformer LastOf(ITransformer transformer) => Of(transformer).Last();

    private static IEnumerable<ITransformer> Of(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [transformer];
}
