namespace OnnxAE.Training;

/// <summary>Collects the differences of one case, a batch at a time.</summary>
/// <param name="input">The case's name.</param>
internal sealed class CaseMeter(string input)
{
    private int _rows;
    private double _difference;
    private double _magnitude;
    private double _limit;
    private double _excess = -1;
    private int _lostNaNs;
    private RoundingAllowance? _rounding;
    private string? _mismatch;

    /// <summary>Compares a batch.</summary>
    /// <param name="found">ONNX Runtime's numbers, row-major.</param>
    /// <param name="expected">TorchSharp's.</param>
    /// <param name="rowCount">Rows of the batch.</param>
    /// <param name="rounding">Says what rounding may do on this batch; asked only where the difference is above the gate. Null: the gate alone decides.</param>
    /// <returns>How far off the batch is, over what is allowed.</returns>
    public double Add(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, int rowCount, Func<RoundingAllowance>? rounding = null)
    {
        _rows += rowCount;
        bool isUnitInterval = IsUnitInterval(expected);
        double allowance = 0;
        if (rounding is not null && Largest(found, expected, isUnitInterval, 0).Share > 1)
        {
            RoundingAllowance batch = rounding();
            allowance = batch.Allowed;
            _rounding = _rounding is null || batch.Allowed > _rounding.Allowed ? batch : _rounding;
        }

        var (share, limit) = Largest(found, expected, isUnitInterval, allowance);
        if (share > _excess)
        {
            (_excess, _limit) = (share, limit);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            _magnitude = float.IsFinite(expected[i]) ? Math.Max(_magnitude, Math.Abs(expected[i])) : _magnitude;
            bool isLost = EdgeInputs.IsLostNaN(input, found[i], expected[i]);
            _lostNaNs += isLost ? 1 : 0;
            _difference = isLost ? _difference : Math.Max(_difference, VerificationGate.Distance(found[i], expected[i]));
        }

        return share;
    }

    /// <summary>Takes note of a batch whose output can't be compared, or isn't there.</summary>
    /// <param name="rowCount">Rows of the batch.</param>
    /// <param name="found">What is there instead of an output like TorchSharp's.</param>
    /// <returns>That the batch is as far off as can be.</returns>
    public double Refuse(int rowCount, string found)
    {
        _rows += rowCount;
        _mismatch ??= found;
        _limit = VerificationGate.Absolute;
        return _difference = _excess = double.PositiveInfinity;
    }

    /// <summary>The case as it stands.</summary>
    public VerificationCase ToCase(string output, IReadOnlyList<long> shape, string elementType) => new(
        input, output, _rows, shape, elementType, _difference, _magnitude > 0 ? _difference / _magnitude : _difference, _magnitude, _limit, Math.Max(_excess, 0), _lostNaNs)
    {
        Rounding = _rounding,
        Mismatch = _mismatch,
    };

    // The difference that is largest in proportion to what is allowed at its place.
    private (double Share, double Limit) Largest(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, bool isUnitInterval, double rounding)
    {
        var largest = (Share: -1.0, Limit: 0.0);
        for (int i = 0; i < expected.Length; i++)
        {
            if (EdgeInputs.IsLostNaN(input, found[i], expected[i]))
            {
                continue;
            }

            double distance = VerificationGate.Distance(found[i], expected[i]);
            double limit = VerificationGate.Limit(expected[i], isUnitInterval, rounding);
            double share = distance == 0 ? 0 : double.IsFinite(limit) ? distance / limit : double.PositiveInfinity;
            largest = share > largest.Share ? (share, limit) : largest;
        }

        return largest;
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
}
