namespace OnnxAE.Inference;

/// <summary>The labels to train with: for each row none, one, or several with weights.</summary>
internal sealed class TrainingLabels
{
    private readonly List<int> _starts = [0];
    private readonly List<(uint Key, float Weight)> _labels = [];

    /// <summary>Labels of all rows together.</summary>
    public int Count => _labels.Count;

    public int CountOf(int row) => _starts[row + 1] - _starts[row];

    public (uint Key, float Weight) this[int row, int index] => _labels[_starts[row] + index];

    /// <summary>Rows with a label keep it, the others are left out.</summary>
    public static TrainingLabels Given(TrainingRows rows) => Of(rows, [], _ => false, null);

    /// <summary>Rows with a label keep it; of the others those that are chosen get labels from their probabilities.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="probabilities">[rows, classes]; rows of zeros get no label.</param>
    /// <param name="isChosen">Whether a row without a label is wanted.</param>
    /// <param name="options">What labels to make; null where no row is chosen.</param>
    public static TrainingLabels Of(TrainingRows rows, float[] probabilities, Func<int, bool> isChosen, SemiSupervisedOptions? options)
    {
        TrainingLabels labels = new();
        HashSet<int>? drawn = Draw(rows, isChosen, options);
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Labels[row] != 0)
            {
                labels._labels.Add(((uint)rows.Labels[row], 1));
            }
            else if (options is not null && (drawn?.Contains(row) ?? isChosen(row)))
            {
                labels.Add(probabilities.AsSpan(row * rows.ClassCount, rows.ClassCount), options);
            }

            labels._starts.Add(labels._labels.Count);
        }

        return labels;
    }

    private static HashSet<int>? Draw(TrainingRows rows, Func<int, bool> isChosen, SemiSupervisedOptions? options)
    {
        if (options?.MaximumPseudoLabeledRows is not { } maximum)
        {
            return null;
        }

        int[] candidates = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Labels[row] == 0 && isChosen(row))];
        new Random(options.Seed).Shuffle(candidates);
        return [.. candidates.Take(maximum)];
    }

    private void Add(ReadOnlySpan<float> probabilities, SemiSupervisedOptions options)
    {
        int best = MostProbable(probabilities);
        if (probabilities[best] <= 0)
        {
            return;
        }

        PseudoLabelKind kind = options.EffectivePseudoLabels;
        if (kind != PseudoLabelKind.Soft)
        {
            _labels.Add(((uint)best + 1, options.PseudoLabelWeight * (kind == PseudoLabelKind.Weighted ? probabilities[best] : 1)));
            return;
        }

        float sum = 0;
        for (int c = 0; c < probabilities.Length; c++)
        {
            sum += IsKept(probabilities, c, best, options) ? probabilities[c] : 0;
        }

        for (int c = 0; c < probabilities.Length; c++)
        {
            if (IsKept(probabilities, c, best, options))
            {
                _labels.Add(((uint)c + 1, options.PseudoLabelWeight * probabilities[c] / sum));
            }
        }
    }

    private static bool IsKept(ReadOnlySpan<float> probabilities, int c, int best, SemiSupervisedOptions options)
        => c == best || (probabilities[c] > 0 && probabilities[c] >= options.SmallestSoftLabel);

    /// <summary>The first class of the highest probability.</summary>
    public static int MostProbable(ReadOnlySpan<float> probabilities) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(probabilities);
}
