using Microsoft.ML;
using Microsoft.ML.Transforms;
using OnnxAE.Inference;
using OnnxAE.Inference.Onnx;
using OnnxAE.Tests.Inference;

namespace OnnxAE.Tests.Conformance;

/// <summary>The estimators that are checked, by name.</summary>
internal sealed class EstimatorCases : IDisposable
{
    private const int RowCount = 37; // no multiple of any batch
    private const int BatchSize = 8;

    private static readonly Dictionary<string, Func<EstimatorCases, EstimatorCase>> Makers = new()
    {
        ["MapValueToKey of texts"] = c => c.Of(c.Conversion.MapValueToKey("Key", "Name"), "Name"),
        ["MapValueToKey of vectors"] = c => c.Of(c.Conversion.MapValueToKey("Key", "Words"), "Words"),
        ["MapValueToKey by value"] = c => c.Of(c.Conversion.MapValueToKey("Key", "Number", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue), "Number"),
        ["MapValueToKey with annotations as text"] = c => c.Of(c.Conversion.MapValueToKey("Key", "Weight", addKeyValueAnnotationsAsText: true), "Weight"),
        ["MapValueToKey in place"] = c => c.Of(c.Conversion.MapValueToKey("Name"), "Name"),
        ["MapKeyToValue"] = c => c.Of(c.Conversion.MapKeyToValue("Back", "Key"), "Key", c.Conversion.MapValueToKey("Key", "Name")),
        ["MapKeyToValue of vectors"] = c => c.Of(c.Conversion.MapKeyToValue("Back", "Key"), "Key", c.Conversion.MapValueToKey("Key", "Words")),
        ["NormalizeMeanVariance"] = c => c.Of(c.Transforms.NormalizeMeanVariance("Normalized", "Values"), "Values", wrong: "Name"),
        ["NormalizeMeanVariance with an offset"] = c => c.Of(c.Transforms.NormalizeMeanVariance("Normalized", "Values", fixZero: false), "Values"),
        ["NormalizeMeanVariance by CDF"] = c => c.Of(c.Transforms.NormalizeMeanVariance("Normalized", "Values", useCdf: true), "Values"),
        ["NormalizeMeanVariance of a scalar"] = c => c.Of(c.Transforms.NormalizeMeanVariance("Weight"), "Weight"),
        ["NormalizeMeanVariance of doubles"] = c => c.Of(c.Transforms.NormalizeMeanVariance("Doubles"), "Doubles"),
        ["NormalizeMeanVariance of several"] = c => c.Of(
            c.Transforms.NormalizeMeanVariance([new InputOutputColumnPair("A", "Values"), new InputOutputColumnPair("B", "Doubles")]), "Doubles"),
        ["NormalizeMinMax"] = c => c.Of(c.Transforms.NormalizeMinMax("Normalized", "Values"), "Values"),
        ["NormalizeMinMax with an offset"] = c => c.Of(c.Transforms.NormalizeMinMax("Normalized", "Values", fixZero: false), "Values"),
        ["NormalizeMinMax of doubles"] = c => c.Of(c.Transforms.NormalizeMinMax("Normalized", "Doubles"), "Doubles"),
        ["NormalizeLpNorm"] = c => c.Of(c.Transforms.NormalizeLpNorm("Normalized", "Values"), "Values", wrong: "Name"),
        ["NormalizeLpNorm about the mean"] = c => c.Of(
            c.Transforms.NormalizeLpNorm("Normalized", "Values", LpNormNormalizingEstimatorBase.NormFunction.L1, ensureZeroMean: true), "Values"),
        ["ProjectToPrincipalComponents"] = c => c.Of(c.Transforms.ProjectToPrincipalComponents("Components", "Values", rank: 2, seed: 1), "Values", wrong: "Name"),
        ["CopyColumns"] = c => c.Of(c.Transforms.CopyColumns("Copy", "Words"), "Words"),
        ["Concatenate"] = c => c.Of(c.Transforms.Concatenate("All", "Weight", "Values", "Weight"), "Values"),
        ["Concatenate one vector"] = c => c.Of(c.Transforms.Concatenate("Same", "Values"), "Values"),
        ["Concatenate texts in place"] = c => c.Of(c.Transforms.Concatenate("Name", "Name", "Words"), "Words"),
        ["SelectColumns"] = c => c.Of(c.Transforms.SelectColumns("Words", "Values", "Label"), "Values"),
        ["SelectColumns with hidden ones"] = c => c.Of(c.Transforms.SelectColumns(["Name", "Values"], keepHidden: true), "Values", c.Conversion.MapValueToKey("Name")),
        ["DropColumns"] = c => c.Of(c.Transforms.DropColumns("Values", "Label"), "Values"),
        ["ApplyOnnxModel"] = c => c.Of(c.Transforms.ApplyOnnxModel("y", "Values", c.Model(3, "Values", "y")), "Values", wrong: "Name"),
        ["ApplyOnnxModel of several columns"] = c => c.Of(c.Transforms.ApplyOnnxModel(["sum", "product"], ["Values", "Weight"], c.ArithmeticModel()), "Weight"),
        ["LbfgsMaximumEntropy"] = c => c.OfTrainer(c.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: "Values")),
        ["SdcaMaximumEntropy"] = c => c.OfTrainer(c.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: "Values", maximumNumberOfIterations: 5)),
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
            c.Transforms.ApplyOnnxModelBatched(new BatchedOnnxModelOptions { ModelFile = c.ArithmeticModel(), BatchSize = BatchSize }), "Weight"),
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
        ["chain of keys there and back"] = c => c.Of(
            c.Conversion.MapValueToKey("Key", "Name").Append(c.Conversion.MapKeyToValue("Back", "Key")).Append(c.Transforms.DropColumns("Key")), "Name"),
        ["chain in a chain"] = c => c.Of(c.Transforms.CopyColumns("A", "Values")
            .Append(c.Transforms.NormalizeMinMax("B", "A").Append(c.Transforms.Concatenate("C", "A", "B"))), "Values"),
    };

    // Where ML.NET itself does otherwise.
    private static readonly HashSet<(string Estimator, Type Aspect)> Exempt =
    [
        // Slots that a sparse vector leaves out stay zero, whatever the probability of a zero is.
        ("NormalizeMeanVariance by CDF", typeof(SparseInput)),
        // The divisor of a sparse vector about its mean is another one.
        ("NormalizeLpNorm about the mean", typeof(SparseInput)),
        // Fit looks at nothing; Transform does.
        ("Concatenate", typeof(InvalidInput)),
        ("Concatenate", typeof(InvalidInputWords)),
        ("Concatenate one vector", typeof(InvalidInput)),
        ("Concatenate one vector", typeof(InvalidInputWords)),
        ("Concatenate texts in place", typeof(InvalidInput)),
        ("Concatenate texts in place", typeof(InvalidInputWords)),
        // Trainers and normalizers speak of a column's role in other words when they train.
        ("NormalizeMeanVariance", typeof(InvalidInputWords)),
        ("ProjectToPrincipalComponents", typeof(InvalidInputWords)),
        ("LbfgsMaximumEntropy", typeof(InvalidInputWords)),
        ("SdcaMaximumEntropy", typeof(InvalidInputWords)),
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

    private TransformsCatalog.ConversionTransforms Conversion => Context.Transforms.Conversion;

    public EstimatorCase Make(string name) => Makers[name](this);

    public void Dispose() => _folder.Dispose();

    /// <param name="estimator">The estimator.</param>
    /// <param name="needed">A column that it can't do without.</param>
    /// <param name="before">What makes its input of the sample rows.</param>
    /// <param name="wrong">A column of a type that the needed one may not have.</param>
    /// <param name="isSavable">Whether ML.NET has a form to save it in.</param>
    private EstimatorCase Of(IEstimator<ITransformer> estimator, string needed, ValueToKeyMappingEstimator? before = null, string? wrong = null, bool isSavable = true)
    {
        Table input = before is null ? _rows : Table.Of(before.Fit(_rows).Transform(_rows));
        List<IDataView> invalid = [input.Without(needed)];
        if (wrong is not null)
            invalid.Add(Transforms.CopyColumns(needed, wrong).Fit(input).Transform(input));
        return new EstimatorCase(estimator, input, validTransformInput: null, [.. invalid]) { IsSavable = isSavable };
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
