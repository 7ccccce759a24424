using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Models;

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

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HiddenUnits);
        if (Dropout is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "Must be at least 0 and below 1.");
        }

        ToTrainingOptions().Validate();
    }

    /// <summary>What the optimizer is to know.</summary>
    internal TrainingOptions ToTrainingOptions() => new()
    {
        Epochs = Epochs ?? 1,
        BatchSize = BatchSize,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule.OneCycle,
        WeightDecay = WeightDecay,
    };
}

/// <summary>
/// Trains a classifier with one hidden layer in TorchSharp, on rows that are copied into memory once, 4 bytes a feature. What
/// it returns is applied through ONNX Runtime and saved as stock ML.NET.
/// </summary>
public sealed class MultilayerPerceptronEstimator : IEstimator<ClassifierHeadTransformer>
{
    private const string ParameterName = "inputSchema";

    private readonly MulticlassClassificationCatalog.MulticlassClassificationTrainers _catalog;
    private readonly MultilayerPerceptronOptions _options;

    internal MultilayerPerceptronEstimator(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MultilayerPerceptronOptions options)
    {
        options.Check();
        _catalog = catalog;
        _options = options;
    }

    /// <summary>Trains on the rows that have a label and a weight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type, or the label has a single class.</exception>
    /// <exception cref="InvalidOperationException">No row can be learned from.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public ClassifierHeadTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema)); // a mismatch shows before a row is read
        DataViewSchema.Column label = input.Schema[_options.LabelColumnName];
        if (label.Type is not KeyDataViewType { Count: > 1 and <= int.MaxValue })
        {
            throw SchemaErrors.Mismatch("label", label.Name, "a key of at least two classes", label.Type.ToString()!, nameof(input));
        }

        ClassifierHead head = MultilayerPerceptronTraining.Run(ExampleRows.Read(input, _options), _options);
        return head.CreateTransformer(label, _options.FeatureColumnName, _options.LogitsColumnName);
    }

    /// <summary>The columns that the transformer will make, behind those that it gets: the logits, PredictedLabel and Score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Demand(inputSchema, "feature", _options.FeatureColumnName, "Vector<Single>", SchemaShape.Column.VectorKind.Vector, isKey: false);
        Demand(inputSchema, "label", _options.LabelColumnName, "Key<UInt32>", SchemaShape.Column.VectorKind.Scalar, isKey: true);
        if (_options.ExampleWeightColumnName is { } weight)
        {
            Demand(inputSchema, "weight", weight, "Single", SchemaShape.Column.VectorKind.Scalar, isKey: false);
        }

        var shape = new SchemaShape([.. inputSchema.Where(c => c.Name != _options.LogitsColumnName), SchemaShapes.OfVector(_options.LogitsColumnName)]);
        return _catalog.LbfgsMaximumEntropy(_options.LabelColumnName, _options.LogitsColumnName).GetOutputSchema(shape);
    }

    private static void Demand(SchemaShape shape, string role, string name, string expected, SchemaShape.Column.VectorKind kind, bool isKey)
    {
        foreach (SchemaShape.Column column in shape.Where(c => c.Name == name))
        {
            DataViewType item = isKey ? NumberDataViewType.UInt32 : NumberDataViewType.Single;
            if (column.IsKey != isKey || column.ItemType != item || column.Kind != kind)
            {
                throw SchemaErrors.Mismatch(role, name, expected, SchemaShapes.Describe(column), ParameterName);
            }

            return;
        }

        throw SchemaErrors.Missing(role, name, ParameterName);
    }
}
