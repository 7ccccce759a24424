namespace OnnxAE.Pipelines.FewLabels;

/// <summary>Stratified folds of the labeled rows.</summary>
internal static class LabelFolds
{
    /// <summary>Makes them.</summary>
    /// <param name="keys">For each row its class as a key; 0 for none.</param>
    /// <param name="count">Folds; fewer where a class has fewer rows.</param>
    /// <param name="mostRows">Most rows of all folds together.</param>
    /// <param name="seed">Shuffles the rows.</param>
    /// <returns>Rows fold by fold; fewer than two folds where a class has a single label.</returns>
    public static List<int[]> Make(IReadOnlyList<uint> keys, int count, int mostRows, int seed)
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

        int folds = Math.Min(count, shuffled.Min(rows => rows.Length));
        return [.. Enumerable.Range(0, folds).Select(fold => shuffled.SelectMany(rows => rows.Where((_, i) => i % folds == fold)).ToArray())];
    }
}
