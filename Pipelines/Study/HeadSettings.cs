using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Knobs of the heads that learn from few labels, with the reason for each value. None was chosen here by test images; what a pilot study had seen is said in docs/RESULTS.md.</summary>
internal record HeadSettings
{
    /// <summary>Penalties to choose from, for each feature: standardised features share what all weights may come to.</summary>
    public IReadOnlyList<float> PenaltiesPerFeature { get; init; } = [0.0012f, 0.004f, 0.0125f, 0.04f, 0.125f];

    /// <summary>Folds of the cross-validation inside the labeled rows; fewer where every class has fewer of them.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Most labeled rows to choose by.</summary>
    public int ValidationRows { get; init; } = 3_000;

    /// <summary>Threads of a trainer: two sums, whatever the number of cores, give the same figures everywhere.</summary>
    public int TrainerThreads { get; init; } = 2;

    /// <summary>Neighbors of each row in the graph.</summary>
    public int NeighborCount { get; init; } = 10;

    /// <summary>
    /// Most numbers of pseudo-labeled rows that a linear head learns from: all 60,000 rows of a code, where a fifth of them
    /// cost 0.2 points on digits, and a third of a feature map's, which are eight times as long. Of three maps side by side it is a ninth, 6,510.
    /// </summary>
    public int PseudoLabeledNumbers { get; init; } = 40_000_000;

    /// <summary>The head with a hidden layer.</summary>
    public MultilayerPerceptronOptions Perceptron { get; init; } = new();

    /// <summary>Most numbers of pseudo-labeled rows that it learns from: it wants many, and a feature map's all fit; of three maps side by side a third, 21,158.</summary>
    public int PerceptronNumbers { get; init; } = 130_000_000;

    /// <summary>The penalties for rows of so many features.</summary>
    public IReadOnlyList<float> PenaltiesFor(int dimension) => [.. PenaltiesPerFeature.Select(penalty => penalty * dimension)];
}
