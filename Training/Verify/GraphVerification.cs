using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>One exported graph against TorchSharp.</summary>
/// <param name="File">The graph's file name.</param>
/// <param name="Cases">The inputs that were compared, the real rows first.</param>
public sealed record GraphVerification(string File, IReadOnlyList<VerificationCase> Cases)
{
    /// <summary>The limit on numbers in [0, 1].</summary>
    public const double PixelLimit = VerificationGate.Absolute;

    /// <summary>Where the two part, if they do and it could be found.</summary>
    public NodeDifference? FirstDifference { get; init; }

    /// <summary>Whether the graph computes what TorchSharp computes, on every input.</summary>
    [JsonIgnore]
    public bool Passed => Cases.All(c => c.Passed);

    /// <summary>Real rows compared, each counted once.</summary>
    [JsonIgnore]
    public int Rows => RealRows.Max(c => c.Rows);

    /// <summary>Largest |ONNX - TorchSharp| on real rows.</summary>
    [JsonIgnore]
    public double MaxAbsoluteDifference => RealRows.Max(c => c.MaxAbsoluteDifference);

    /// <summary>The same over the largest magnitude.</summary>
    [JsonIgnore]
    public double MaxRelativeDifference => RealRows.Max(c => c.MaxRelativeDifference);

    /// <summary>Largest |TorchSharp| on real rows.</summary>
    [JsonIgnore]
    public double LargestMagnitude => RealRows.Max(c => c.LargestMagnitude);

    /// <summary>What was allowed where real rows come closest to it, or go furthest beyond.</summary>
    [JsonIgnore]
    public double Limit => RealRows.MaxBy(c => c.Excess)!.Limit;

    /// <summary>The case that failed by most; null if none did.</summary>
    [JsonIgnore]
    public VerificationCase? Worst => Cases.Where(c => !c.Passed).MaxBy(c => c.Excess);

    /// <summary>The case that passed only because 32-bit floats can't do better, the one furthest beyond what is allowed; null if none did.</summary>
    [JsonIgnore]
    public VerificationCase? Rounded => Cases.Where(c => c.Passed && c.Excess > 1).MaxBy(c => c.Excess);

    /// <summary>The cases of inputs that no data set has.</summary>
    [JsonIgnore]
    public IEnumerable<VerificationCase> EdgeCases => Cases.Where(c => !IsReal(c));

    private IEnumerable<VerificationCase> RealRows => Cases.Where(IsReal);

    internal static bool IsReal(VerificationCase verified) => verified.Input.Contains("rows", StringComparison.Ordinal);
}
