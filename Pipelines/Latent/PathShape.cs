namespace OnnxAE.Pipelines.Latent;

/// <summary>Which ways from one code to another are shown.</summary>
internal enum PathShape
{
    /// <summary>A row of each.</summary>
    Both,

    /// <summary>The straight line.</summary>
    Linear,

    /// <summary>The arc about the origin.</summary>
    Spherical,
}
