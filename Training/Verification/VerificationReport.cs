using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>Every exported graph of a network against TorchSharp.</summary>
/// <param name="Graphs">One entry a file.</param>
public sealed record VerificationReport(IReadOnlyList<GraphVerification> Graphs)
{
    /// <summary>Whether all graphs passed.</summary>
    public bool Passed => Graphs.All(g => g.Passed);

    /// <summary>Largest absolute difference of all graphs on real rows.</summary>
    [JsonIgnore]
    public double MaxAbsoluteDifference => Graphs.Max(g => g.MaxAbsoluteDifference);

    /// <summary>Which graph differs, on what input, by how much, and from which node on, in a sentence; null for a report that passed.</summary>
    [JsonIgnore]
    public string? Failure
    {
        get
        {
            if (Graphs.FirstOrDefault(g => !g.Passed) is not { Worst: { } worst } failed)
            {
                return null;
            }

            string what = worst.Mismatch ?? FormattableString.Invariant($"it differs by up to {worst.MaxAbsoluteDifference:G3} where at most {worst.Limit:G3} is allowed");
            string where = failed.FirstDifference is { } node ? $", {node}" : "";
            return $"'{failed.File}' differs from the trained network: {what} (input: {worst.Input}){where}. The file was changed or belongs to other weights; export the network again.";
        }
    }

    /// <summary>Does nothing for a report that passed.</summary>
    /// <exception cref="InvalidDataException">A graph differs; the message is the <see cref="Failure"/>.</exception>
    public void ThrowIfFailed()
    {
        if (Failure is { } sentence)
        {
            throw new InvalidDataException(sentence);
        }
    }
}

/// <summary>One exported graph against TorchSharp.</summary>
/// <param name="File">The graph's file name.</param>
/// <param name="Cases">The inputs that were compared, the real rows first.</param>
public sealed record GraphVerification(string File, IReadOnlyList<VerificationCase> Cases)
{
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

    /// <summary>The case that passed only since rounding explains its difference, the largest such; null if none did.</summary>
    [JsonIgnore]
    public VerificationCase? Rounded => Cases.Where(c => c is { Passed: true, Rounding: not null }).MaxBy(c => c.Rounding!.Allowed);

    /// <summary>The cases of inputs that no data set has.</summary>
    [JsonIgnore]
    public IEnumerable<VerificationCase> EdgeCases => Cases.Where(c => !c.IsReal);

    private IEnumerable<VerificationCase> RealRows => Cases.Where(c => c.IsReal);
}

/// <summary>One kind of input through one graph, in ONNX Runtime and in TorchSharp.</summary>
/// <param name="Input">What went in: <c>rows of 7</c>, <c>all rows</c>, <c>zeros</c>, <c>ones</c>, <c>large</c>, <c>tiny</c>, <c>NaN</c>.</param>
/// <param name="Output">The graph's output.</param>
/// <param name="Rows">Rows compared.</param>
/// <param name="Shape">Shape of the output's last batch.</param>
/// <param name="ElementType">Type of its numbers, <c>Float</c>.</param>
/// <param name="MaxAbsoluteDifference">Largest |ONNX - TorchSharp|; infinite if one of the two is not finite where the other is, or if there is a <see cref="Mismatch"/>.</param>
/// <param name="MaxRelativeDifference">The same over <paramref name="LargestMagnitude"/>.</param>
/// <param name="LargestMagnitude">Largest finite |TorchSharp|.</param>
/// <param name="Limit">What was allowed where the difference is largest in proportion to what is allowed.</param>
/// <param name="Excess">The largest difference over what is allowed at its place; up to 1 passes.</param>
/// <param name="LostNaNs">Numbers that ONNX Runtime made of what is NaN in TorchSharp, on the input <c>NaN</c>, where they don't fail a graph.</param>
public sealed record VerificationCase(
    string Input,
    string Output,
    int Rows,
    IReadOnlyList<long> Shape,
    string ElementType,
    double MaxAbsoluteDifference,
    double MaxRelativeDifference,
    double LargestMagnitude,
    double Limit,
    double Excess,
    int LostNaNs = 0)
{
    /// <summary>What rounding was allowed to do beyond the usual limit; null where nothing asked for it.</summary>
    public RoundingAllowance? Rounding { get; init; }

    /// <summary>What the graph gave instead of an output of TorchSharp's type and shape; null where it gave one.</summary>
    public string? Mismatch { get; init; }

    /// <summary>Whether the graph computes what TorchSharp computes, up to the rounding of 32-bit floats.</summary>
    public bool Passed => Mismatch is null && Excess <= 1;

    internal bool IsReal => Input.Contains("rows", StringComparison.Ordinal);
}

/// <summary>A difference that the rounding of 32-bit floats explains, whatever it is in proportion to the number that it is found at.</summary>
/// <param name="Allowed">The difference that passes.</param>
/// <param name="LargestNumber">The largest finite number that went in, came out of a module, or came out in the end.</param>
public sealed record RoundingAllowance(double Allowed, double LargestNumber);

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
