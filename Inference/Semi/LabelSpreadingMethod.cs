namespace OnnxAE.Inference;

/// <summary>What spreads over the graph of neighbors.</summary>
public enum LabelSpreadingMethod
{
    /// <summary>
    /// The probabilities that the inner trainer, fitted to the labeled rows, gives to all rows: P ← α D⁻¹ W P + (1 - α) P₀,
    /// labeled rows staying what they are (Zhu and Ghahramani 2002 clamp them so). Good where the features alone say much already.
    /// </summary>
    Smoothing,

    /// <summary>
    /// The labels alone: F ← α D⁻½ W D⁻½ F + (1 - α) Y (Zhou et al. 2004, "Learning with local and global consistency").
    /// Good where classes are well separated, however they are shaped.
    /// </summary>
    Spreading,
}
