namespace OnnxAE.Pipelines.Scoring;

/// <summary>A part of the way.</summary>
/// <param name="Rows">Rows written when it ended.</param>
/// <param name="RowsPerSecond">Rows a second within it.</param>
/// <param name="ResidentBytes">Memory of the process when it ended.</param>
internal sealed record ScoringSlice(long Rows, double RowsPerSecond, long ResidentBytes);
