using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>Chooses a head's setting inside the labeled rows: stratified folds, the lowest mean log-loss. No other row's label is looked at.</summary>
/// <param name="features">The rows.</param>
/// <param name="keys">For each row its class as a key; 0 for none.</param>
/// <param name="classCount">Number of classes.</param>
/// <param name="settings">The folds.</param>
/// <param name="seed">Makes them.</param>
internal sealed class CrossValidation(StandardFeatures features, IReadOnlyList<uint> keys, int classCount, HeadSettings settings, int seed)
{
    private readonly LabelFolds _labels = LabelFolds.Make(keys, settings.Folds, settings.ValidationRows, seed);

    /// <summary>Rows fold by fold; none where no class has two labels, and nothing can be held out.</summary>
    public IReadOnlyList<int[]> Folds => _labels.Held;

    /// <summary>What the folds were made by, for heads that draw.</summary>
    public int Seed => seed;

    /// <summary>The best penalty of a linear head.</summary>
    public double ChoosePenalty(CancellationToken cancellationToken) => Choose(
        settings.PenaltiesFor(features.Dimension),
        (ml, l2) => LinearHead.Trainer(ml, l2, isWeighted: false, threads: 1),
        Environment.ProcessorCount,
        cancellationToken);

    /// <summary>The best of the candidates; the middle one where nothing can be held out.</summary>
    /// <param name="candidates">The settings.</param>
    /// <param name="createTrainer">A head of a setting.</param>
    /// <param name="threads">Heads that are fitted at a time.</param>
    /// <param name="cancellationToken">Looked at before every fit.</param>
    public T Choose<T>(IReadOnlyList<T> candidates, Func<MLContext, T, IEstimator<ITransformer>> createTrainer, int threads, CancellationToken cancellationToken)
    {
        if (Folds.Count == 0)
        {
            return candidates[candidates.Count / 2];
        }

        var losses = new double[candidates.Count * Folds.Count];
        Parallel.For(0, losses.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
        {
            var ml = new MLContext(seed);
            int[] held = Folds[i % Folds.Count];
            ITransformer head = createTrainer(ml, candidates[i / Folds.Count])
                .Fit(features.Rows.View(ml, keys, Folds.Where(fold => fold != held).SelectMany(fold => fold).Concat(_labels.Singles), classCount));
            using var disposable = head as IDisposable;
            losses[i] = ml.MulticlassClassification.Evaluate(head.Transform(features.Rows.View(ml, keys, held, classCount))).LogLoss;
        });

        return candidates.Index().MinBy(candidate => losses.Skip(candidate.Index * Folds.Count).Take(Folds.Count).Sum()).Item;
    }
}

/// <summary>Stratified folds of the labeled rows.</summary>
/// <param name="Held">Rows to hold out, fold by fold; none where no class has two labels.</param>
/// <param name="Singles">The labeled rows that are never held out: their classes would be unknown without them.</param>
internal sealed record LabelFolds(IReadOnlyList<int[]> Held, IReadOnlyList<int> Singles)
{
    /// <summary>Makes them.</summary>
    /// <param name="keys">For each row its class as a key; 0 for none.</param>
    /// <param name="count">Folds; fewer where every class has fewer rows. A class of fewer rows is in as many folds.</param>
    /// <param name="mostRows">Most rows of all folds together.</param>
    /// <param name="seed">Shuffles the rows.</param>
    public static LabelFolds Make(IReadOnlyList<uint> keys, int count, int mostRows, int seed)
    {
        var random = new Random(seed);
        IGrouping<uint, int>[] classes = [.. Enumerable.Range(0, keys.Count).Where(row => keys[row] != 0).GroupBy(row => keys[row]).OrderBy(rows => rows.Key)];
        double kept = Math.Min(1, (double)mostRows / classes.Sum(rows => rows.Count()));
        List<int[]> shuffled = [];
        foreach (IGrouping<uint, int> rows in classes)
        {
            int[] all = [.. rows];
            random.Shuffle(all);
            shuffled.Add(all[..Math.Max(Math.Min(2, all.Length), (int)(kept * all.Length))]);
        }

        var classesToHold = shuffled.Where(rows => rows.Length > 1).ToList();
        int folds = classesToHold.Count > 0 ? Math.Min(count, classesToHold.Max(rows => rows.Length)) : 0;
        return new LabelFolds(
            [.. Enumerable.Range(0, folds).Select(fold => classesToHold.SelectMany(rows => rows.Where((_, i) => i % folds == fold)).ToArray())],
            [.. shuffled.Where(rows => rows.Length == 1).Select(rows => rows[0])]);
    }
}
