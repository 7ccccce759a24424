namespace OnnxAE.Training;

/// <summary>Collects the differences of one case, a batch at a time.</summary>
/// <param name="input">The case's name.</param>
internal sealed class CaseMeter(string input)
{
    private int rows;
    private double difference;
    private double magnitude;
    private double limit;
    private double excess = -1;
    private int lostNaNs;
    private RoundingComparison? rounding;
    private string? mismatch;

    /// <summary>Compares a batch.</summary>
    /// <param name="found">ONNX Runtime's numbers, row-major.</param>
    /// <param name="expected">TorchSharp's.</param>
    /// <param name="rowCount">Rows of the batch.</param>
    /// <param name="exact">Gives TorchSharp's numbers in 64 bits; asked only where the difference is above the gate. Null: the gate alone decides.</param>
    /// <returns>How far off the batch is, from 64 bits where they were asked for, over what is allowed.</returns>
    public double Add(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, int rowCount, Func<double[]?>? exact = null)
    {
        rows += rowCount;
        bool isUnitInterval = IsUnitInterval(expected);
        double share = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            magnitude = float.IsFinite(expected[i]) ? Math.Max(magnitude, Math.Abs(expected[i])) : magnitude;
            share = Math.Max(share, Compare(found[i], expected[i], VerificationGate.Limit(expected[i], isUnitInterval)));
        }

        if (share <= 1 || exact?.Invoke() is not { } numbers)
        {
            return share;
        }

        RoundingComparison batch = Round(found, expected, numbers, isUnitInterval);
        rounding = rounding is null ? batch : Largest(rounding, batch);
        return batch.OnnxShare;
    }

    /// <summary>Takes note of a batch whose output can't be compared, or isn't there.</summary>
    /// <param name="rowCount">Rows of the batch.</param>
    /// <param name="found">What is there instead of an output like TorchSharp's.</param>
    /// <returns>That the batch is as far off as can be.</returns>
    public double Refuse(int rowCount, string found)
    {
        rows += rowCount;
        mismatch ??= found;
        limit = VerificationGate.Absolute;
        return difference = excess = double.PositiveInfinity;
    }

    /// <summary>The case as it stands.</summary>
    public VerificationCase ToCase(string output, IReadOnlyList<long> shape, string elementType) => new(
        input, output, rows, shape, elementType, difference, magnitude > 0 ? difference / magnitude : difference, magnitude, limit, Math.Max(excess, 0), lostNaNs)
    {
        Rounding = rounding,
        Mismatch = mismatch,
    };

    private double Compare(float found, float expected, double allowed)
    {
        if (EdgeInputs.IsLostNaN(input, found, expected))
        {
            lostNaNs++;
            return 0;
        }

        double distance = VerificationGate.Distance(found, expected);
        difference = Math.Max(difference, distance);
        double share = VerificationGate.Share(distance, allowed);
        if (share > excess)
        {
            (excess, limit) = (share, allowed);
        }

        return share;
    }

    // An overflow of TorchSharp's says nothing of how well 32-bit floats do elsewhere: there, and where 64 bits have no number
    // either, the graph must give what TorchSharp gives.
    private RoundingComparison Round(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, double[] exact, bool isUnitInterval)
    {
        var result = new RoundingComparison(0, 0, 0, 0);
        for (int i = 0; i < exact.Length; i++)
        {
            if (EdgeInputs.IsLostNaN(input, found[i], expected[i]))
            {
                continue;
            }

            double allowed = VerificationGate.Limit(expected[i], isUnitInterval);
            double reference = VerificationGate.Reference(expected[i], exact[i]);
            double onnx = VerificationGate.Distance(found[i], reference);
            double torchSharp = VerificationGate.Distance(expected[i], reference);
            result = Largest(result, new RoundingComparison(onnx, torchSharp, VerificationGate.Share(onnx, allowed), VerificationGate.Share(torchSharp, allowed)));
        }

        return result;
    }

    private static RoundingComparison Largest(RoundingComparison a, RoundingComparison b) => new(
        Math.Max(a.OnnxDistance, b.OnnxDistance),
        Math.Max(a.TorchSharpDistance, b.TorchSharpDistance),
        Math.Max(a.OnnxShare, b.OnnxShare),
        Math.Max(a.TorchSharpShare, b.TorchSharpShare));

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
}
