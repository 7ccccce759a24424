namespace OnnxAE.Training;

/// <summary>How close an exported graph must come to TorchSharp.</summary>
internal static class VerificationGate
{
    /// <summary>The limit where all numbers lie in [0, 1], and the floor of every limit.</summary>
    public const double Absolute = 1e-5;

    /// <summary>The share of a number that it may differ by elsewhere.</summary>
    public const double Relative = 1e-3;

    /// <summary>The largest difference that passes.</summary>
    /// <param name="expected">TorchSharp's number.</param>
    /// <param name="isUnitInterval">Whether all numbers of the output lie in [0, 1].</param>
    public static double Limit(float expected, bool isUnitInterval) =>
        isUnitInterval ? Absolute : Absolute + (Relative * Math.Abs(expected));

    /// <summary>
    /// How far a number is from what is expected: NaN meets NaN and infinity its like; a NaN or an infinity where there is a
    /// number is as far off as can be.
    /// </summary>
    public static double Distance(double found, double expected) =>
        double.IsFinite(found) && double.IsFinite(expected) ? Math.Abs(found - expected)
        : (double.IsNaN(found) && double.IsNaN(expected)) || found == expected ? 0
        : double.PositiveInfinity;

    /// <summary>What both are compared with: the number in 64 bits, or TorchSharp's own where one of the two is none.</summary>
    public static double Reference(float expected, double exact) => float.IsFinite(expected) && double.IsFinite(exact) ? exact : expected;

    /// <summary>A distance over what is allowed.</summary>
    public static double Share(double distance, double allowed) =>
        double.IsFinite(allowed) ? distance / allowed : distance == 0 ? 0 : double.PositiveInfinity;
}
