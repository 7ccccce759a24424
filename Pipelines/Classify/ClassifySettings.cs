using OnnxAE.Inference;

namespace OnnxAE.Pipelines.Classify;

/// <summary>Every knob of <c>classify fit</c> that is not on its command line, with the reason for its value.</summary>
internal sealed record ClassifySettings
{
    /// <summary>Folds of the cross-validation inside the labeled rows; fewer where a class has fewer labels.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Penalties of the linear head to choose from, for each feature: standardised features share what all weights may come to.</summary>
    public IReadOnlyList<double> PenaltiesPerFeature { get; init; } = [0.004, 0.0125, 0.04, 0.125, 0.4];

    /// <summary>Weight decays of the multilayer perceptron to choose from.</summary>
    public IReadOnlyList<double> WeightDecays { get; init; } = [0.01, 0.1, 0.5];

    /// <summary>Passes of the multilayer perceptron over its rows; null for its own default.</summary>
    public int? PerceptronEpochs { get; init; }

    /// <summary>Neighbors of each row in the graph.</summary>
    public int NeighborCount { get; init; } = 10;

    /// <summary>Most pseudo-labeled rows of a linear head: a fifth of 60,000 is within 0.05 points of all.</summary>
    public int LinearPseudoLabeledRows { get; init; } = 12_000;

    /// <summary>Most labeled rows to choose settings by.</summary>
    public int ValidationRows { get; init; } = 3_000;

    /// <summary>Parts that the linear head's sums are taken in; the same on any number of cores.</summary>
    public int TrainerThreads { get; init; } = 2;

    /// <summary>The graph that labels spread over.</summary>
    /// <param name="neighbors">The neighbors of all rows.</param>
    /// <param name="weightColumn">Where the head reads weights.</param>
    /// <param name="rows">Most pseudo-labeled rows; null for all.</param>
    /// <param name="seed">Draws them.</param>
    public LabelSpreadingOptions Spreading(NearestNeighbors neighbors, string weightColumn, int? rows, int seed) => new()
    {
        ExampleWeightColumnName = weightColumn,
        MaximumPseudoLabeledRows = rows,
        NeighborCount = NeighborCount,
        Neighbors = neighbors,
        Seed = seed,
    };
}
