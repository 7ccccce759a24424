using System.Numerics.Tensors;

namespace OnnxAE.Inference;

/// <summary>Lets class probabilities flow along the links of a graph.</summary>
internal static class LabelPropagation
{
    private const int RowsPerTask = 512;

    /// <summary>
    /// Smoothing or spreading, as the options say.
    /// </summary>
    /// <param name="graph">Links between rows.</param>
    /// <param name="start">[rows, classes] of the first round: P₀ or Y. Labeled rows hold 1 for their class.</param>
    /// <param name="rows">The rows, which know which of them are labeled.</param>
    /// <param name="options">Method, alpha and rounds.</param>
    /// <returns>[rows, classes] probabilities; zeros for a row that nothing reached.</returns>
    public static float[] Run(NeighborGraph graph, float[] start, TrainingRows rows, LabelSpreadingOptions options)
    {
        bool isClamped = options.Method == LabelSpreadingMethod.Smoothing;
        NeighborGraph links = isClamped ? graph.DividedByRow() : graph.DividedByBoth();
        int classCount = rows.ClassCount;
        float alpha = options.EffectiveAlpha;
        float[] current = (float[])start.Clone();
        float[] next = (float[])start.Clone();
        for (int round = 0; round < options.EffectiveRounds; round++)
        {
            ForEachRow(rows.Count, options.Parallelism, row =>
            {
                if (isClamped && rows.Labels[row] != 0)
                {
                    return;
                }

                Span<float> sum = next.AsSpan(row * classCount, classCount);
                sum.Clear();
                ReadOnlySpan<int> targets = links.Targets(row);
                ReadOnlySpan<float> weights = links.Weights(row);
                for (int i = 0; i < targets.Length; i++)
                {
                    TensorPrimitives.MultiplyAdd(current.AsSpan(targets[i] * classCount, classCount), weights[i], sum, sum);
                }

                TensorPrimitives.Multiply(sum, alpha, sum);
                TensorPrimitives.MultiplyAdd(start.AsSpan(row * classCount, classCount), 1 - alpha, sum, sum);
            });
            (current, next) = (next, current);
            options.Report(SemiSupervisedStage.Spreading, (round + 1.0) / options.EffectiveRounds);
        }

        ForEachRow(rows.Count, options.Parallelism, row => Normalize(current.AsSpan(row * classCount, classCount)));
        return current;
    }

    private static void Normalize(Span<float> probabilities)
    {
        float sum = TensorPrimitives.Sum<float>(probabilities);
        if (sum > 0)
        {
            TensorPrimitives.Divide(probabilities, sum, probabilities);
        }
    }

    private static void ForEachRow(int count, ParallelOptions parallelism, Action<int> action)
        => Parallel.For(0, (count + RowsPerTask - 1) / RowsPerTask, parallelism, task =>
        {
            for (int row = task * RowsPerTask; row < Math.Min(count, (task + 1) * RowsPerTask); row++)
            {
                action(row);
            }
        });
}
