namespace OnnxAE.Training;

/// <summary>Where ONNX Runtime and TorchSharp differ by more than the gate: how far both are from the same network in 64-bit floats.</summary>
/// <param name="OnnxDistance">Largest |ONNX - 64 bits|.</param>
/// <param name="TorchSharpDistance">Largest |TorchSharp - 64 bits|: what 32-bit floats can do on these inputs.</param>
/// <param name="OnnxShare">Largest distance of ONNX Runtime over what the gate allows at its place.</param>
/// <param name="TorchSharpShare">The same of TorchSharp; for real rows, the largest of all of them.</param>
public sealed record RoundingComparison(double OnnxDistance, double TorchSharpDistance, double OnnxShare, double TorchSharpShare)
{
    /// <summary>
    /// How many times further off than TorchSharp's 32-bit floats a graph's may be: two bits. Sums in another
    /// order come to 2.1 times (linear-1000, tuned, at inputs of 1000 and more); a wrong number in a graph is off by far more.
    /// </summary>
    public const double Tolerance = 4;

    /// <summary>
    /// Whether the graph is as close to the exact numbers as 32-bit floats are: within the gate, or about as close as TorchSharp,
    /// in proportion to the numbers or by itself. The latter is for large terms that cancel out: what is left of them is small,
    /// their rounding is not, and which of the numbers it hits hardest is another one in either library.
    /// </summary>
    public bool Passed =>
        OnnxShare <= Math.Max(1, Tolerance * TorchSharpShare)
        || (double.IsFinite(TorchSharpDistance) && OnnxDistance <= Tolerance * TorchSharpDistance);
}
