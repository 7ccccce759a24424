using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>What stands on the features.</summary>
internal enum HeadKind
{
    /// <summary>ML.NET's maximum-entropy classifier.</summary>
    Linear,

    /// <summary>A multilayer perceptron of one hidden layer.</summary>
    Mlp,
}

/// <summary>A way to learn a classifier of features from few labels. Each subclass is one algorithm.</summary>
/// <param name="settings">The knobs.</param>
internal abstract class Head(HeadSettings settings)
{
    /// <summary>The column that weighted trainers read weights from.</summary>
    protected const string WeightColumn = "Weight";

    /// <summary>What its arms have behind the features' name.</summary>
    public virtual string Suffix => "";

    /// <summary>What cross-validation chooses for it.</summary>
    public virtual string SettingName => "L2 penalty";

    /// <summary>Whether it learns from rows without a label too.</summary>
    public virtual bool LearnsFromAllRows => false;

    /// <summary>Whether it needs the graph of neighbors.</summary>
    public virtual bool NeedsNeighbors => false;

    /// <summary>What it adds to the knobs of a linear head: an object that serialises to JSON.</summary>
    public virtual object? OwnSettings => null;

    /// <summary>The knobs.</summary>
    protected HeadSettings Settings => settings;

    /// <summary>What it does, in a sentence about the given features.</summary>
    public abstract string Describe(string features);

    /// <summary>About how long a fit takes on two cores, in seconds: what the time left is told by.</summary>
    public abstract double ExpectedSeconds(LabelSlice slice, int dimension);

    /// <summary>Why a slice is not for it; null where it is.</summary>
    public virtual string? WhyNot(LabelSlice slice) => null;

    /// <summary>Chooses its setting inside the labeled rows. Few rows are learned from best by a linear head, whatever learns from all of them later.</summary>
    public virtual double Choose(CrossValidation validation, CancellationToken cancellationToken) => validation.ChoosePenalty(cancellationToken);

    /// <summary>Makes the trainer.</summary>
    public abstract IEstimator<ITransformer> CreateTrainer(HeadTask task);
}

/// <summary>What a head is trained for.</summary>
/// <param name="ML">The context.</param>
/// <param name="Setting">What was chosen inside the labeled rows.</param>
/// <param name="Dimension">Numbers of a row.</param>
/// <param name="Neighbors">The neighbors of all rows; null for a head that needs none.</param>
/// <param name="Seed">Of what is drawn.</param>
/// <param name="CancellationToken">Looked at between the stages of the training.</param>
internal sealed record HeadTask(MLContext ML, double Setting, int Dimension, NearestNeighbors? Neighbors, int Seed, CancellationToken CancellationToken)
{
    /// <summary>Which unlabeled rows the head may learn; null for all.</summary>
    public Func<int, bool>? IsTrainedOn { get; init; }
}

/// <summary>Knobs of the heads, with the reason for each value. None was chosen here by test images; what a pilot study had seen is said in docs/RESULTS.md.</summary>
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
    /// cost 0.2 points on digits, and a third of a map's, which are eight times as long. Of three maps side by side it is a ninth, 6,510.
    /// </summary>
    public int PseudoLabeledNumbers { get; init; } = 40_000_000;

    /// <summary>The head with a hidden layer.</summary>
    public MultilayerPerceptronOptions Perceptron { get; init; } = new();

    /// <summary>Most numbers of pseudo-labeled rows that it learns from: it wants many, and a map's all fit; of three maps side by side a third, 21,158.</summary>
    public int PerceptronNumbers { get; init; } = 130_000_000;

    /// <summary>Weight decays of a multilayer perceptron on the labeled rows alone, to choose from.</summary>
    public IReadOnlyList<double> WeightDecays { get; init; } = [0.01, 0.1, 0.5];

    /// <summary>Most numbers of pseudo-labeled rows in a round of self-training, which fits once a round.</summary>
    public int SelfTrainingNumbers { get; init; } = 12_000_000;

    /// <summary>Rounds of self-training.</summary>
    public int SelfTrainingRounds { get; init; } = 4;

    /// <summary>What decides a linear head, for the key of its results.</summary>
    public object Linear => new { PenaltiesPerFeature, Folds, ValidationRows, TrainerThreads };

    /// <summary>The penalties for rows of so many features.</summary>
    public IReadOnlyList<float> PenaltiesFor(int dimension) => [.. PenaltiesPerFeature.Select(penalty => penalty * dimension)];
}
