namespace OnnxAE.Training;

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
/// <param name="Excess">The largest difference over what is allowed at its place; up to 1 passes, more only if <see cref="Rounding"/> explains it.</param>
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
    /// <summary>Both against 64-bit floats; null where the difference is within what is allowed.</summary>
    public RoundingComparison? Rounding { get; init; }

    /// <summary>What the graph gave instead of an output of TorchSharp's type and shape; null where it gave one.</summary>
    public string? Mismatch { get; init; }

    /// <summary>Whether the graph computes what TorchSharp computes, up to the rounding of 32-bit floats.</summary>
    public bool Passed => Mismatch is null && (Excess <= 1 || Rounding is { Passed: true });
}
