using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Tests.Conformance;

/// <summary>The estimators that are checked, by name.</summary>
internal sealed class EstimatorCases : IDisposable
{
    private const int RowCount = 37; // no multiple of any batch
    private const int BatchSize = 8;

    private static readonly Dictionary<string, Func<EstimatorCases, EstimatorCase>> Makers = new()
    {
        ["LabelSpreading"] = c => c.OfTrainer(c.Trainers.LabelSpreading(
            c.Trainers.LbfgsMaximumEntropy(featureColumnName: "Values", exampleWeightColumnName: "Worth"), "Label", "Values", "Worth")),
        ["MultilayerPerceptron"] = c => c.OfTrainer(c.Trainers.MultilayerPerceptron(new OnnxAE.Training.MultilayerPerceptronOptions { FeatureColumnName = "Values", Epochs = 5 })),
        ["SelfTraining"] = c => c.OfTrainer(c.Trainers.SelfTraining(c.Trainers.LbfgsMaximumEntropy(featureColumnName: "Values"))),
        ["ApplyOnnxEncoder"] = c => c.Of(c.Transforms.ApplyOnnxEncoder("Code", "Values", c.Model(3)), "Values", wrong: "Name"),
        ["ApplyOnnxDecoder"] = c => c.Of(c.Transforms.ApplyOnnxDecoder("Image", "Values", c.Model(6)), "Values"),
        ["ApplyOnnxAutoencoder"] = c => c.Of(c.Transforms.ApplyOnnxAutoencoder("Image", "Values", c.Model(SampleRow.Size)), "Values"),
        ["ApplyOnnxAutoencoder with errors"] = c => c.Of(c.Transforms.ApplyOnnxAutoencoder("Image", "Values", c.Model(SampleRow.Size), "Error"), "Values"),
        ["ApplyOnnxDenoiser"] = c => c.Of(c.Transforms.ApplyOnnxDenoiser("Clean", "Values", c.Model(SampleRow.Size)), "Values"),
        ["ApplyOnnxModelBatched in small batches"] = c => c.Of(c.Transforms.ApplyOnnxModelBatched(c.Batched("Code")), "Values"),
        ["ApplyOnnxModelBatched of several columns"] = c => c.Of(
            c.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions { ModelFile = c.ArithmeticModel(), BatchSize = BatchSize }), "Weight"),
        ["ApplyOnnxSampler"] = c => c.Of(
            c.Transforms.ApplyOnnxSampler(new OnnxSamplerOptions { OutputColumnName = "Sample", InputColumnName = "Values", ModelFile = c.SamplerModel(), BatchSize = BatchSize }),
            "Values", isSavable: false),
        ["LoadWithBatchedOnnx"] = c => c.Of(new SavedAndLoaded(c.Transforms.ApplyOnnxModelBatched(c.Batched("Code")), c.LoadBatched), "Values"),
        ["ApplyOnnxModelBatched over a column of its output's name"] = c => c.Of(c.Transforms.ApplyOnnxModelBatched(c.Batched("Weight")), "Values"),
        ["chain of an encoder, a normalizer and a classifier"] = c => c.OfTrainer(c.Transforms.ApplyOnnxEncoder("Code", "Values", c.Model(3))
            .Append(c.Transforms.NormalizeMeanVariance("Code"))
            .AppendCacheCheckpoint(c.Context)
            .Append(c.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: "Code"))),
        ["chain of two encoders and a selection"] = c => c.Of(c.Transforms.ApplyOnnxModelBatched(c.Batched("First"))
            .Append(c.Transforms.ApplyOnnxEncoder("Second", "First", c.Model(2, inputs: 3)))
            .Append(c.Transforms.SelectColumns("Second", "Name")), "Values"),
    };

    // Where ML.NET itself does otherwise.
    private static readonly HashSet<(string Estimator, Type Aspect)> Exempt =
    [
        // Trainers speak of a column's role in other words when they train.
        ("LabelSpreading", typeof(InvalidInputWords)),
        ("SelfTraining", typeof(InvalidInputWords)),
        ("MultilayerPerceptron", typeof(InvalidInputWords)),
        // Loaded, it is ML.NET's own transformer, which doesn't say how long the vector should be.
        ("ApplyOnnxEncoder", typeof(InvalidInputWords)),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Table _rows;

    public EstimatorCases() => _rows = Table.Of(Context.Data.LoadFromEnumerable(SampleRow.Make(RowCount)));

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>What is to be checked of an estimator.</summary>
    public static IEnumerable<IEstimatorAspect> AspectsOf(string name)
        => EstimatorConformance.Aspects.Where(aspect => !Exempt.Contains((name, aspect.GetType())));

    private MLContext Context { get; } = new(seed: 1);

    private MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => Context.MulticlassClassification.Trainers;

    private TransformsCatalog Transforms => Context.Transforms;

    public EstimatorCase Make(string name) => Makers[name](this);

    public void Dispose() => _folder.Dispose();

    /// <param name="estimator">The estimator.</param>
    /// <param name="needed">A column that it can't do without.</param>
    /// <param name="wrong">A column of a type that the needed one may not have.</param>
    /// <param name="isSavable">Whether ML.NET has a form to save it in.</param>
    private EstimatorCase Of(IEstimator<ITransformer> estimator, string needed, string? wrong = null, bool isSavable = true)
    {
        List<IDataView> invalid = [_rows.Without(needed)];
        if (wrong is not null)
        {
            invalid.Add(Transforms.CopyColumns(needed, wrong).Fit(_rows).Transform(_rows));
        }

        return new EstimatorCase(estimator, _rows, validTransformInput: null, [.. invalid]) { IsSavable = isSavable };
    }

    private EstimatorCase OfTrainer(IEstimator<ITransformer> trainer)
        => new(trainer, _rows, _rows.Without("Label"), _rows.Without("Values"));

    private BatchedOnnxOptions Batched(string output)
        => new() { OutputColumnName = output, InputColumnName = "Values", ModelFile = Model(3), BatchSize = BatchSize };

    private ITransformer LoadBatched(ITransformer transformer, DataViewSchema inputSchema)
    {
        string file = _folder["model.zip"];
        Context.Model.Save(transformer, inputSchema, file);
        return Context.Model.LoadWithBatchedOnnx(file, new OnnxRunOptions { BatchSize = BatchSize }, out _);
    }

    // Values + Weight and Values * Weight, one weight a row.
    private string ArithmeticModel() => TinyOnnx.Model(new GraphProto
    {
        Name = "arithmetic",
        Input = { TinyOnnx.Value("Values", isBatchOpen: true, SampleRow.Size), TinyOnnx.Value("Weight", isBatchOpen: true, 1) },
        Output = { TinyOnnx.Value("sum", isBatchOpen: true, SampleRow.Size), TinyOnnx.Value("product", isBatchOpen: true, SampleRow.Size) },
        Node =
        {
            new NodeProto { OpType = "Add", Input = { "Values", "Weight" }, Output = { "sum" } },
            new NodeProto { OpType = "Mul", Input = { "Values", "Weight" }, Output = { "product" } },
        },
    }).Save(_folder, "arithmetic.onnx");

    // Values plus noise.
    private string SamplerModel() => TinyOnnx.Model(new GraphProto
    {
        Name = "sampler",
        Input = { TinyOnnx.Value("x", isBatchOpen: true, SampleRow.Size), TinyOnnx.Value("eps", isBatchOpen: true, SampleRow.Size) },
        Output = { TinyOnnx.Value("y", isBatchOpen: true, SampleRow.Size) },
        Node = { new NodeProto { OpType = "Add", Input = { "x", "eps" }, Output = { "y" } } },
    }).Save(_folder, "sampler.onnx");

    private string Model(int outputs, string input = "x", string output = "y", int inputs = SampleRow.Size)
        => TinyOnnx.Dense(inputs, outputs, input, output).Save(_folder, $"{inputs}-{outputs}-{input}.onnx");
}
