namespace OnnxAE.Inference;

/// <summary>A row that can't be used.</summary>
/// <param name="Row">Its number, counted from 1.</param>
/// <param name="Place">Where it is: a line, an offset or a file.</param>
/// <param name="Fault">What was found and what was expected.</param>
public readonly record struct BadRow(long Row, string Place, string Fault)
{
    /// <summary>As in <c>row 3 (line 4): found 2 values, expected 784</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"row {Row} ({Place}): {Fault}");
}
