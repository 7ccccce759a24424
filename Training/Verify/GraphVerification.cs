namespace OnnxAE.Training;

/// <summary>One exported graph against TorchSharp.</summary>
/// <param name="File">The graph's file name.</param>
/// <param name="Rows">Rows compared.</param>
/// <param name="Columns">Numbers a row.</param>
/// <param name="MaxAbsoluteDifference">Largest |ONNX - TorchSharp|; infinite if a number is not finite.</param>
/// <param name="MaxRelativeDifference">The same over <paramref name="LargestMagnitude"/>.</param>
/// <param name="LargestMagnitude">Largest |TorchSharp| in the whole set.</param>
/// <param name="Gate">What was demanded.</param>
public sealed record GraphVerification(
    string File, int Rows, int Columns, double MaxAbsoluteDifference, double MaxRelativeDifference, double LargestMagnitude, VerificationGate Gate)
{
    /// <summary>The limit on pixels of magnitude 1 and below.</summary>
    public const double PixelLimit = 1e-5;

    /// <summary>The limit on codes, relative to the largest magnitude.</summary>
    public const double CodeLimit = 1e-4;

    /// <summary>The largest absolute difference that passes.</summary>
    public double Limit => Gate == VerificationGate.Pixels ? PixelLimit * Math.Max(1, LargestMagnitude) : CodeLimit * LargestMagnitude;

    /// <summary>Whether the graph computes what TorchSharp computes.</summary>
    public bool Passed => MaxAbsoluteDifference <= Limit;
}
