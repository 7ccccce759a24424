namespace OnnxAE.Models;

/// <summary>How far a rebuilt picture is from the one it should be; a mean over pixels and images.</summary>
public enum ReconstructionLoss
{
    /// <summary>Mean of (output - target)^2; any output range.</summary>
    MeanSquaredError,

    /// <summary>Mean of -(t ln y + (1 - t) ln(1 - y)); the outputs must lie in [0, 1], so they end in a sigmoid.</summary>
    BinaryCrossEntropy,
}
