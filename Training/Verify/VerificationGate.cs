namespace OnnxAE.Training;

/// <summary>How close an exported graph must come to TorchSharp.</summary>
internal static class VerificationGate
{
    /// <summary>The limit where all numbers lie in [0, 1], and the floor of every limit.</summary>
    public const double Absolute = 1e-5;

    /// <summary>The share of a number that it may differ by elsewhere.</summary>
    public const double Relative = 1e-3;

    // A sum's rounding belongs to its largest terms: beside numbers in the hundreds, one next to 0 is not known to 1e-5.
    private const double RoundingOfRow = 1.0 / (1 << 18);

    /// <summary>The largest difference that passes.</summary>
    /// <param name="expected">TorchSharp's number.</param>
    /// <param name="largestOfRow">The largest magnitude in its row.</param>
    /// <param name="isUnitInterval">Whether all numbers of the output lie in [0, 1].</param>
    public static double Limit(float expected, float largestOfRow, bool isUnitInterval) =>
        isUnitInterval ? Absolute : Absolute + Math.Max(Relative * Math.Abs(expected), RoundingOfRow * largestOfRow);
}
