namespace OnnxAE.Training;

/// <summary>Collects the differences of one case, a batch at a time.</summary>
/// <param name="input">The case's name.</param>
/// <param name="scale">How much larger than 1 the input's numbers are: rounding grows with them, and so does what is allowed.</param>
internal sealed class CaseMeter(string input, double scale = 1)
{
    private int rows;
    private double difference;
    private double magnitude;
    private double limit;
    private double excess = -1;
    private int lostNaNs;

    /// <summary>Compares a batch.</summary>
    /// <param name="found">ONNX Runtime's numbers, row-major.</param>
    /// <param name="expected">TorchSharp's.</param>
    /// <param name="rowCount">Rows of the batch.</param>
    public void Add(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, int rowCount)
    {
        rows += rowCount;
        bool isUnitInterval = IsUnitInterval(expected);
        int size = expected.Length / Math.Max(rowCount, 1);
        for (int start = 0; start < expected.Length; start += size)
        {
            ReadOnlySpan<float> row = expected.Slice(start, size);
            float largest = LargestFinite(row);
            magnitude = Math.Max(magnitude, largest);
            for (int i = 0; i < size; i++)
            {
                Compare(found[start + i], row[i], scale * VerificationGate.Limit(row[i], largest, isUnitInterval));
            }
        }
    }

    /// <summary>The case as it stands.</summary>
    public VerificationCase ToCase(string output, IReadOnlyList<long> shape, string elementType) => new(
        input, output, rows, shape, elementType, difference, magnitude > 0 ? difference / magnitude : difference, magnitude, limit, Math.Max(excess, 0), lostNaNs);

    // NaN meets NaN and infinity its like; a NaN where TorchSharp has a number is as far off as can be. The reverse is
    // counted apart: some of ONNX Runtime's kernels, a padded MaxPool for one, look past NaN, whatever the graph says.
    private void Compare(float found, float expected, double allowed)
    {
        if (float.IsNaN(expected) && !float.IsNaN(found))
        {
            lostNaNs++;
            return;
        }

        double distance = float.IsFinite(found) && float.IsFinite(expected) ? Math.Abs((double)found - expected)
            : float.IsNaN(found) && float.IsNaN(expected) || found == expected ? 0
            : double.PositiveInfinity;
        difference = Math.Max(difference, distance);
        double share = double.IsFinite(allowed) ? distance / allowed : distance == 0 ? 0 : double.PositiveInfinity;
        if (share > excess)
        {
            (excess, limit) = (share, allowed);
        }
    }

    private static bool IsUnitInterval(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (value is not (>= 0 and <= 1) && !float.IsNaN(value))
            {
                return false;
            }
        }

        return true;
    }

    private static float LargestFinite(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = float.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        }

        return largest;
    }
}
