namespace OnnxAE.Pipelines.Reproduce;

/// <summary>A row of the table: an architecture of the catalogue and its figures.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Figures">One at the least; the first is the row's own.</param>
internal sealed record SeedRow(string Id, params IReadOnlyList<SeedFigure> Figures)
{
    /// <summary>Whether training is followed by a comparison with principal components of the same width.</summary>
    public bool ComparesWithPca { get; init; }

    /// <summary>Whether training is followed by a classifier on the features of 1 % of the images.</summary>
    public bool Classifies { get; init; }

    /// <summary>The row whose trained encoder becomes a classifier on 1 % of the labels; null where the row's network is trained by itself.</summary>
    public string? StartsFrom { get; init; }
}
