using System.Numerics.Tensors;

namespace OnnxAE.Inference;

/// <summary>The distribution of a value's numbers over calibration: first their extremes, then how many lie where.</summary>
internal sealed class ValueHistogram
{
    private const int Bins = 2048;
    private const double Tail = 1e-4; // of the numbers, that a percentile leaves out
    private const int Candidates = 64; // widths that are tried for the least squared error
    private const double NarrowestShare = 0.2; // of the whole width

    private readonly long[] _counts = new long[Bins];
    private float _smallest; // 0 lies in every range
    private float _largest;

    /// <summary>Whether no number is NaN or infinite.</summary>
    public bool IsFinite => float.IsFinite(_smallest) && float.IsFinite(_largest);

    /// <summary>First pass.</summary>
    public void AddExtremes(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return;
        // Min and Max of these give NaN where there is one, and so does what follows.
        float smallest = TensorPrimitives.Min(values), largest = TensorPrimitives.Max(values);
        _smallest = float.IsNaN(smallest) ? float.NaN : Math.Min(_smallest, smallest);
        _largest = float.IsNaN(largest) ? float.NaN : Math.Max(_largest, largest);
    }

    /// <summary>Second pass, over the same numbers.</summary>
    public void AddCounts(ReadOnlySpan<float> values)
    {
        float width = (_largest - _smallest) / Bins;
        if (width <= 0)
            return;
        foreach (float value in values)
            _counts[Math.Clamp((int)((value - _smallest) / width), 0, Bins - 1)]++;
    }

    /// <summary>The range that a method chooses.</summary>
    public ValueRange Choose(CalibrationMethod method) => method switch
    {
        CalibrationMethod.MinMax => ValueRange.Of(_smallest, _largest),
        CalibrationMethod.Percentile => ValueRange.Of(Percentile(Tail), Percentile(1 - Tail)),
        _ => LeastSquares(),
    };

    private double Percentile(double share)
    {
        long wanted = (long)(share * _counts.Sum()), seen = 0;
        for (int i = 0; i < Bins; i++)
        {
            seen += _counts[i];
            if (seen > wanted)
                return share < 0.5 ? Edge(i) : Edge(i + 1);
        }

        return _largest;
    }

    private ValueRange LeastSquares()
    {
        ValueRange best = ValueRange.Of(_smallest, _largest);
        double least = Error(best);
        for (int i = 1; i < Candidates; i++)
        {
            double share = 1 - ((1 - NarrowestShare) * i / Candidates);
            ValueRange range = ValueRange.Of(_smallest * share, _largest * share);
            double error = Error(range);
            if (error < least)
                (best, least) = (range, error);
        }

        return best;
    }

    // By the middles of the bins; 0, which is most of what a ReLU gives, is always met.
    private double Error(ValueRange range)
    {
        double sum = 0;
        for (int i = 0; i < Bins; i++)
        {
            if (_counts[i] == 0 || (Edge(i) <= 0 && Edge(i + 1) >= 0))
                continue;
            double middle = (Edge(i) + Edge(i + 1)) / 2;
            double difference = middle - range.Round(middle);
            // Within a range the middle is no better than any other number: a step's mean squared error is its square / 12.
            bool isClipped = Math.Abs(difference) > range.Scale;
            sum += _counts[i] * (isClipped ? difference * difference : range.Scale * (double)range.Scale / 12);
        }

        return sum;
    }

    private double Edge(int bin) => _smallest + ((_largest - (double)_smallest) * bin / Bins);
}
