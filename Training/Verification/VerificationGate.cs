using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// How close an exported graph must come to TorchSharp: 1e-5 where all numbers lie in [0, 1], elsewhere 1e-5 and a thousandth of
/// the number. Where a graph misses that, what the rounding of 32-bit floats can do is
/// allowed too; see <see cref="VerifiedNetwork"/>.
/// </summary>
internal static class VerificationGate
{
    /// <summary>The limit where all numbers lie in [0, 1], and the floor of every limit.</summary>
    public const double Absolute = 1e-5;

    /// <summary>The share of a number that it may differ by elsewhere.</summary>
    public const double Relative = 1e-3;

    /// <summary>The largest difference that passes.</summary>
    /// <param name="expected">TorchSharp's number.</param>
    /// <param name="isUnitInterval">Whether all numbers of the output lie in [0, 1].</param>
    /// <param name="rounding">What rounding may do to it.</param>
    public static double Limit(float expected, bool isUnitInterval, double rounding = 0) =>
        Math.Max(isUnitInterval ? Absolute : Absolute + (Relative * Math.Abs(expected)), rounding);

    /// <summary>The largest magnitude of the finite numbers; 0 where there are none, or no floats.</summary>
    public static double LargestFinite(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.numel() == 0 || !values.is_floating_point() ? 0
            : values.detach().nan_to_num(0, 0, 0).abs().max().to_type(ScalarType.Float64).item<double>();
    }

    /// <summary>
    /// How far a number is from what is expected: NaN meets NaN and infinity its like; a NaN or an infinity where there is a
    /// number is as far off as can be.
    /// </summary>
    public static double Distance(float found, float expected) =>
        float.IsFinite(found) && float.IsFinite(expected) ? Math.Abs((double)found - expected)
        : (float.IsNaN(found) && float.IsNaN(expected)) || found == expected ? 0
        : double.PositiveInfinity;
}
