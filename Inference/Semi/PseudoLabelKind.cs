namespace OnnxAE.Inference;

/// <summary>How the class probabilities of an unlabeled row become labels to train on.</summary>
public enum PseudoLabelKind
{
    /// <summary>The most probable class, with the weight of a labeled row (Lee 2013, "Pseudo-Label"). Needs no example weights.</summary>
    Hard,

    /// <summary>The most probable class, weighted by its probability.</summary>
    Weighted,

    /// <summary>The row once for every class that is not improbable, weighted by the class's probability: the cross-entropy with the probabilities.</summary>
    Soft,
}
