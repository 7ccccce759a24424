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

/// <summary>The first node of a graph that gives other numbers than TorchSharp.</summary>
/// <param name="Node">The node's name; it begins with the module's path.</param>
/// <param name="OperatorType">Its operator.</param>
/// <param name="Module">The module whose output differs; <c>(root)</c> for the whole network's.</param>
/// <param name="Input">The input that showed it.</param>
/// <param name="MaxAbsoluteDifference">Largest difference there.</param>
/// <param name="LastEqual">The last module before it whose output is the same; empty if there is none.</param>
public sealed record NodeDifference(string Node, string OperatorType, string Module, string Input, double MaxAbsoluteDifference, string LastEqual)
{
    /// <summary>As part of a sentence: <c>from the node 'encoder.3/Gemm' (Gemm) of the module 'encoder.3' on</c>.</summary>
    public override string ToString() => $"from the node '{Node}' ({OperatorType}) of the module '{Module}' on";
}
