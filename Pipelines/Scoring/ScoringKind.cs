namespace OnnxAE.Pipelines.Scoring;

/// <summary>What rows are put through.</summary>
internal enum ScoringKind
{
    /// <summary>The encoder: pixels to codes.</summary>
    Encode,

    /// <summary>The encoder up to the layer before its code.</summary>
    Features,

    /// <summary>The decoder: codes to pixels.</summary>
    Decode,

    /// <summary>The whole autoencoder: pixels to pixels.</summary>
    Reconstruct,

    /// <summary>The whole autoencoder, of noisy pixels.</summary>
    Denoise,

    /// <summary>Any model: all of its outputs side by side.</summary>
    Score,

    /// <summary>The whole autoencoder: the mean squared error of each reconstruction, a score of how anomalous the row is.</summary>
    Error,
}
