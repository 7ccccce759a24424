namespace OnnxAE.Pipelines;

/// <summary>A row of pictures under one caption.</summary>
/// <param name="Caption">What the row shows, such as <c>noised</c>.</param>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines a picture.</param>
/// <param name="Images">Grey values of each picture, [height * width].</param>
/// <param name="Names">What each picture shows, such as <c>ankle boot</c>; one a picture.</param>
internal sealed record ImageRow(string Caption, int Width, int Height, IReadOnlyList<byte[]> Images, IReadOnlyList<string> Names);
