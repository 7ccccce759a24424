namespace OnnxAE.Pipelines.Scoring;

/// <summary>An output of a model.</summary>
/// <param name="Column">The column that holds it.</param>
/// <param name="Name">What it is called in headings.</param>
/// <param name="Shape">The shape of a row of it; empty for a single value.</param>
internal sealed record ScoringOutput(string Column, string Name, IReadOnlyList<int> Shape)
{
    /// <summary>Values a row.</summary>
    public int Size => Shape.Aggregate(1, (size, dimension) => size * dimension);

    /// <summary>Headings, one a value.</summary>
    public IEnumerable<string> Headings => Size == 1 ? [Name] : Enumerable.Range(0, Size).Select(i => FormattableString.Invariant($"{Name}_{i}"));
}
