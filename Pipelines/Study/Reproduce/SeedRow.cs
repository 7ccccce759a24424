using OnnxAE.Models;

namespace OnnxAE.Pipelines;

/// <summary>A row of the table: an architecture of the catalogue and its figures.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Figures">One at the least; the first is the row's own.</param>
internal sealed record SeedRow(string Id, params IReadOnlyList<SeedFigure> Figures)
{
    /// <summary>Whether training is followed by a comparison with principal components of the same width.</summary>
    public bool ComparesWithPca { get; init; }

    /// <summary>Whether training is followed by a classifier on the features of 1 % of the images.</summary>
    public bool Classifies { get; init; }

    /// <summary>The row whose trained weights this one starts from; null where it starts from new ones.</summary>
    public string? StartsFrom { get; init; }

    /// <summary>Whether <see cref="StartsFrom"/>'s encoder becomes a classifier on 1 % of the labels.</summary>
    public bool Transfers => StartsFrom is not null && ModelCatalog.Get(Id).Kind == ArchitectureKind.Classifier;

    /// <summary>The epoch whose figure the document prints; null where that is its last.</summary>
    public int? DocumentedEpoch { get; init; }

    /// <summary>The epochs that the document takes to its figure.</summary>
    public int DocumentedEpochs => DocumentedEpoch ?? ModelCatalog.Get(Id).Training.Epochs;
}
