using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A test set for data that have none.</summary>
internal static class DataSplit
{
    /// <summary>Sets a share of each class apart for a test; rows without a label are a class of their own.</summary>
    /// <exception cref="InvalidDataException">There are too few.</exception>
    public static (RowSet Train, RowSet Test) Of(RowSet rows, double share, int seed)
    {
        var random = new Random(seed);
        List<int> train = [], test = [];
        var classes = Enumerable.Range(0, rows.Count).GroupBy(row => rows.HasLabels ? rows.Labels.Span[row] : -1).OrderBy(group => group.Key);
        foreach (int[] group in classes.Select(group => group.ToArray()))
        {
            random.Shuffle(group);
            int count = Math.Min((int)Math.Round(share * group.Length, MidpointRounding.AwayFromZero), group.Length - 1);
            test.AddRange(group[..count]);
            train.AddRange(group[count..]);
        }

        if (test.Count == 0)
        {
            throw new InvalidDataException($"{Quantity.Of(rows.Count, "row")} are too few to set {100 * share} % of each class apart for a test; give more, or a larger --test.");
        }

        // In random order, so that a part of the training set is like the whole.
        int[] order = [.. train];
        random.Shuffle(order);
        return (rows.Choose(order), rows.Choose(test.Order()));
    }
}
