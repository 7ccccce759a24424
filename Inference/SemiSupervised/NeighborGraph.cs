namespace OnnxAE.Inference;

/// <summary>A weighted graph without directions, stored row by row.</summary>
internal sealed class NeighborGraph
{
    private readonly int[] _starts; // a row's links are those from its start to the next row's
    private readonly int[] _targets;
    private readonly float[] _weights;

    private NeighborGraph(int[] starts, int[] targets, float[] weights)
    {
        _starts = starts;
        _targets = targets;
        _weights = weights;
    }

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<int> Targets(int row) => _targets.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    public ReadOnlySpan<float> Weights(int row) => _weights.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>Links rows with their neighbors; a link weighs the cosine to a power, twice that where each is a neighbor of the other.</summary>
    public static NeighborGraph Of(NeighborLists neighbors, float power)
    {
        int count = neighbors.Count;
        int[] starts = new int[count + 1];
        for (int row = 0; row < count; row++)
        {
            starts[row + 1] += neighbors.Rows(row).Length;
            foreach (int target in neighbors.Rows(row))
            {
                starts[target + 1]++;
            }
        }

        for (int row = 0; row < count; row++)
        {
            starts[row + 1] = checked(starts[row] + starts[row + 1]);
        }

        int[] targets = new int[starts[count]];
        float[] weights = new float[starts[count]];
        int[] next = starts[..count];
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<int> rows = neighbors.Rows(row);
            ReadOnlySpan<float> similarities = neighbors.Similarities(row);
            for (int i = 0; i < rows.Length; i++)
            {
                float weight = MathF.Pow(Math.Min(1, similarities[i]), power);
                (targets[next[row]], weights[next[row]++]) = (rows[i], weight);
                (targets[next[rows[i]]], weights[next[rows[i]]++]) = (row, weight);
            }
        }

        return Merge(starts, targets, weights);
    }

    /// <summary>The same links, each row's weights divided by their sum: D⁻¹ W.</summary>
    public NeighborGraph DividedByRow()
    {
        float[] degrees = Degrees();
        return WithWeights((row, _) => degrees[row]);
    }

    /// <summary>The same links, weights divided by the roots of both rows' sums: D⁻½ W D⁻½.</summary>
    public NeighborGraph DividedByBoth()
    {
        float[] degrees = Degrees();
        return WithWeights((row, target) => MathF.Sqrt(degrees[row] * degrees[target]));
    }

    private float[] Degrees()
    {
        float[] degrees = new float[Count];
        for (int row = 0; row < degrees.Length; row++)
        {
            foreach (float weight in Weights(row))
            {
                degrees[row] += weight;
            }
        }

        return degrees;
    }

    private NeighborGraph WithWeights(Func<int, int, float> divisor)
    {
        float[] weights = (float[])_weights.Clone();
        for (int row = 0; row < Count; row++)
        {
            for (int i = _starts[row]; i < _starts[row + 1]; i++)
            {
                weights[i] = weights[i] > 0 ? weights[i] / divisor(row, _targets[i]) : 0; // a cosine's power can be too small for a number
            }
        }

        return new NeighborGraph(_starts, _targets, weights);
    }

    // Two rows that are neighbors of each other were linked twice.
    private static NeighborGraph Merge(int[] starts, int[] targets, float[] weights)
    {
        int[] merged = new int[starts.Length];
        int end = 0;
        for (int row = 0; row + 1 < starts.Length; row++)
        {
            int length = starts[row + 1] - starts[row];
            targets.AsSpan(starts[row], length).Sort(weights.AsSpan(starts[row], length));
            for (int i = starts[row]; i < starts[row + 1]; i++)
            {
                if (end > merged[row] && targets[end - 1] == targets[i])
                {
                    weights[end - 1] += weights[i];
                }
                else
                {
                    (targets[end], weights[end++]) = (targets[i], weights[i]);
                }
            }

            merged[row + 1] = end;
        }

        return new NeighborGraph(merged, targets, weights);
    }
}
