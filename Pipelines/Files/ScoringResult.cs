using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What came of scoring a file.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="Device">Where it ran.</param>
/// <param name="BatchSize">Most rows of one call.</param>
/// <param name="Rows">Rows written, missing ones among them.</param>
/// <param name="ValuesPerRow">Numbers a row.</param>
/// <param name="BadRows">Rows that could not be used.</param>
/// <param name="FirstBadRows">The first of them.</param>
/// <param name="Seconds">From the first row read to the last one written.</param>
/// <param name="RowsPerSecond">Rows written a second.</param>
/// <param name="PeakResidentBytes">The most memory that the process has had.</param>
/// <param name="Slices">Speed and memory along the way.</param>
internal sealed record ScoringResult(
    string Model,
    string Device,
    int BatchSize,
    long Rows,
    int ValuesPerRow,
    long BadRows,
    IReadOnlyList<BadRow> FirstBadRows,
    double Seconds,
    double RowsPerSecond,
    long PeakResidentBytes,
    IReadOnlyList<ScoringSlice> Slices);
