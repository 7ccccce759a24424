using Microsoft.ML;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>
/// Chooses the strength of a linear head's penalty by cross-validation inside the labeled slice: stratified folds, the
/// lowest mean log-loss. No other row's label is looked at.
/// </summary>
internal sealed class PenaltyChoice(ExperimentSettings settings)
{
    /// <summary>Chooses.</summary>
    public float Choose(FeatureSet features, LabelSlice slice, CancellationToken cancellationToken)
    {
        float[] candidates = [.. settings.PenaltiesPerFeature.Select(penalty => penalty * features.Dimension)];
        List<int[]> folds = Folds(slice);
        if (folds.Count < 2)
        {
            return candidates[candidates.Length / 2];
        }

        var losses = new double[candidates.Length * folds.Count];
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, losses.Length, parallelism, i =>
        {
            var ml = new MLContext(slice.Seed);
            int[] held = folds[i % folds.Count];
            var head = LinearHead.Create(ml, candidates[i / folds.Count], isWeighted: false, threads: 1)
                .Fit(features.Labeled(ml, slice, folds.Where(fold => fold != held).SelectMany(fold => fold)));
            losses[i] = ml.MulticlassClassification.Evaluate(head.Transform(features.Labeled(ml, slice, held))).LogLoss;
        });

        return candidates.Index().MinBy(candidate => losses.Skip(candidate.Index * folds.Count).Take(folds.Count).Sum()).Item;
    }

    // Of many labels some thousand are enough to choose by: a penalty stands for what is believed before any label is seen.
    private List<int[]> Folds(LabelSlice slice)
    {
        var random = new Random(slice.Seed);
        double kept = Math.Min(1, (double)settings.ValidationRows / slice.Rows.Count);
        List<int[]> classes = [];
        foreach (IGrouping<uint, int> rows in slice.ByClass.OrderBy(rows => rows.Key))
        {
            int[] shuffled = [.. rows];
            random.Shuffle(shuffled);
            classes.Add(shuffled[..Math.Max(1, (int)(kept * shuffled.Length))]);
        }

        int count = Math.Min(settings.Folds, classes.Min(rows => rows.Length));
        return [.. Enumerable.Range(0, count).Select(fold => classes.SelectMany(rows => rows.Where((_, i) => i % count == fold)).ToArray())];
    }
}
