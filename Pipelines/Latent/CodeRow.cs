namespace OnnxAE.Pipelines.Latent;

/// <summary>A code as a row of an ML.NET view.</summary>
internal sealed class CodeRow
{
    /// <summary>The code's numbers.</summary>
    public float[] Code { get; set; } = [];
}
