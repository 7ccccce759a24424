namespace OnnxAE.Pipelines;

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
