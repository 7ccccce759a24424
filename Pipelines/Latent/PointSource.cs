namespace OnnxAE.Pipelines.Latent;

/// <summary>The numbers of an image that a scatter plot is made of.</summary>
internal enum PointSource
{
    /// <summary>Its code.</summary>
    Code,

    /// <summary>The layer before the code.</summary>
    Features,

    /// <summary>Its pixels.</summary>
    Pixels,
}
