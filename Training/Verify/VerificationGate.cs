namespace OnnxAE.Training;

/// <summary>How close an exported graph must come to TorchSharp.</summary>
public enum VerificationGate
{
    /// <summary>
    /// Pixels: the largest absolute difference is at most 1e-5. A linear output layer may leave [0, 1]; where it does,
    /// the limit grows with the largest magnitude, since a float's own spacing does.
    /// </summary>
    Pixels,

    /// <summary>
    /// Codes: the largest absolute difference is at most 1e-4 of the largest magnitude in the whole set. Not of each
    /// number or row: behind a ReLU most are 0 or next to it, where a ratio measures rounding and nothing else.
    /// </summary>
    Codes,
}
