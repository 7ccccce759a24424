namespace OnnxAE.Pipelines;

/// <summary>A code as a row of an ML.NET view.</summary>
internal sealed class CodeRow
{
    /// <summary>The code's numbers.</summary>
    public float[] Code { get; set; } = [];
}

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
