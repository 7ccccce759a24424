namespace OnnxAE.Pipelines;

/// <summary>A picture that was written.</summary>
/// <param name="File">Its path.</param>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines.</param>
internal sealed record PictureFile(string File, int Width, int Height);
