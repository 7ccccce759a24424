using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What came of classifying a file.</summary>
/// <param name="Model">The file of the classifier.</param>
/// <param name="Rows">Rows written, missing ones among them.</param>
/// <param name="Abstained">Rows that got no label, since no class was probable enough.</param>
/// <param name="RowsByClass">Rows that got each label.</param>
/// <param name="Measured">What labels told; null without labels.</param>
/// <param name="BadRows">Rows that could not be used.</param>
/// <param name="FirstBadRows">The first of them.</param>
/// <param name="Seconds">From the first row read to the last one written.</param>
/// <param name="RowsPerSecond">Rows written a second.</param>
internal sealed record ClassifyScoreResult(
    string Model,
    long Rows,
    long Abstained,
    IReadOnlyDictionary<string, long> RowsByClass,
    ClassifyMeasure? Measured,
    long BadRows,
    IReadOnlyList<BadRow> FirstBadRows,
    double Seconds,
    double RowsPerSecond);
