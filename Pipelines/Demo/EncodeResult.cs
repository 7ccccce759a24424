namespace OnnxAE.Pipelines.Demo;

/// <summary>The encoder as an ML.NET transformer.</summary>
/// <param name="Images">Images encoded.</param>
/// <param name="CodeSize">Numbers a code.</param>
/// <param name="RowsPerSecond">Pace on this machine.</param>
internal sealed record EncodeResult(int Images, int CodeSize, double RowsPerSecond);
