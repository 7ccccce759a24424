using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>Columns and settings of a multilayer perceptron, with the reason for each default.</summary>
public sealed record MultilayerPerceptronOptions
{
    /// <summary>The label, a key of type UInt32; rows whose label is missing (key 0) are left out.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The features, a vector of Single; scale them first.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>How much a row counts, a Single; null where all count the same. Rows of a weight of 0 or below are left out.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The column that the trained transformer puts between its layers and the softmax.</summary>
    public string LogitsColumnName { get; init; } = "Logits";

    /// <summary>Units of the hidden layer, each a ReLU. 256: as many as the codes of this library's encoders have numbers.</summary>
    public int HiddenUnits { get; init; } = 256;

    /// <summary>Share of the hidden units left out of each step, from 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Passes over the rows; null for <see cref="FewestEpochs"/>, or as many more as make <see cref="FewestSteps"/> steps of few rows.</summary>
    public int? Epochs { get; init; }

    /// <summary>Most rows of an optimizer step. Of few rows it takes fewer: a twentieth of them, and at least 16.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The highest step size of AdamW; the rate rises to it for 30 % of the steps and falls to zero (one-cycle, Smith and Topin 2018).</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>AdamW's weight decay.</summary>
    public double WeightDecay { get; init; } = 1e-2;

    /// <summary>Decides the first weights, the order of the rows and the dropout. The same seed gives the same weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Is told the share of the training that is done, from 0 to 1, after every epoch.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Ends the training early, by an <see cref="OperationCanceledException"/>.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Passes over many rows.</summary>
    internal const int FewestEpochs = 6;

    /// <summary>Optimizer steps for few rows: 600 rows are seen 40 times.</summary>
    internal const int FewestSteps = 800;

    private const int BatchesOfFewRows = 20;
    private const int SmallestBatch = 16;

    internal int BatchSizeFor(int rowCount) => Math.Min(BatchSize, Math.Max(SmallestBatch, rowCount / BatchesOfFewRows));

    internal int EpochsFor(int rowCount)
    {
        int steps = StepsPerEpoch(rowCount);
        return Epochs ?? Math.Max(FewestEpochs, (FewestSteps + steps - 1) / steps);
    }

    internal int StepsPerEpoch(int rowCount) => (rowCount + BatchSizeFor(rowCount) - 1) / BatchSizeFor(rowCount);

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(LabelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(FeatureColumnName);
        ArgumentException.ThrowIfNullOrEmpty(LogitsColumnName);
        if (ExampleWeightColumnName is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(ExampleWeightColumnName);
        }

        Require(HiddenUnits > 0, nameof(HiddenUnits), HiddenUnits, "Must be positive.");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "Must be at least 0 and below 1.");
        Require(Epochs is null or > 0, nameof(Epochs), Epochs, "Must be positive.");
        Require(BatchSize > 0, nameof(BatchSize), BatchSize, "Must be positive.");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "Must be above 0.");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "Must not be negative.");
    }

    private static void Require(bool isMet, string name, object? value, string rule)
    {
        if (!isMet)
        {
            throw new ArgumentOutOfRangeException(name, value, rule);
        }
    }
}
