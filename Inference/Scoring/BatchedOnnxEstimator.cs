using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>
/// Makes <see cref="BatchedOnnxTransformer"/>s. Nothing is learned: fitting only checks the columns, and looks whether
/// pixels are bytes or numbers.
/// </summary>
public sealed class BatchedOnnxEstimator : IEstimator<BatchedOnnxTransformer>
{
    private readonly Lock _lock = new();
    private readonly bool _takesBytes;
    private readonly OnnxScorer _scorer;
    private OnnxScorer? _byteScorer;

    internal BatchedOnnxEstimator(OnnxScorer scorer)
    {
        _scorer = scorer;
        _takesBytes = scorer.Definition.PixelRange is not null
            && scorer.Definition.ColumnInputs.First().Element.OnnxType is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double;
    }

    /// <summary>Checks the columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of the wrong type or length.</exception>
    /// <exception cref="InvalidDataException">The model's file has changed.</exception>
    public BatchedOnnxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        OnnxScorer scorer = ScorerFor(input.Schema);
        scorer.Definition.CheckInputs(input.Schema);
        return new BatchedOnnxTransformer(scorer);
    }

    /// <summary>The columns that the transformer will make, behind those that it gets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _scorer.Definition.CheckInputs(inputSchema, _takesBytes);
        DataViewSchema.Builder outputs = new();
        outputs.AddColumns(_scorer.OutputColumns);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(c => c.Name);
        foreach (SchemaShape.Column output in SchemaShapes.Of(outputs.ToSchema()))
            columns[output.Name] = output;
        return new SchemaShape(columns.Values);
    }

    internal BatchedOnnxTransformer CreateTransformer() => new(_scorer);

    private OnnxScorer ScorerFor(DataViewSchema schema)
    {
        if (!_takesBytes || !InputCheck.HoldsBytes(schema, _scorer.Definition.ColumnInputs.First()))
            return _scorer;
        lock (_lock)
        {
            if (_byteScorer is null)
            {
                _scorer.Session.EndIdle();
                OnnxModelDefinition definition = _scorer.Definition.WithBytes(out byte[] bytes);
                _byteScorer = new OnnxScorer(definition, bytes, _scorer.Settings);
            }

            return _byteScorer;
        }
    }
}

/// <summary>Makes the estimators of the catalogues.</summary>
internal static class BatchedOnnxFactory
{
    public static BatchedOnnxEstimator Create(TransformsCatalog catalog, BatchedOnnxOptions options, bool readsPixels = true)
    {
        RunSettings settings = Check(catalog, options);
        return Create(OnnxModelPlanner.Plan(options) with { ReadsPixels = readsPixels }, settings);
    }

    public static BatchedOnnxEstimator Create(TransformsCatalog catalog, BatchedOnnxModelOptions options)
    {
        RunSettings settings = Check(catalog, options);
        return Create(OnnxModelPlanner.Plan(options), settings);
    }

    /// <summary>Of a model in memory, of one input and one output, whose input is no pixels.</summary>
    public static BatchedOnnxTransformer CreateTransformer(byte[] model, string inputColumnName, string outputColumnName, string source)
    {
        OnnxModelPlan plan = OnnxModelPlanner.Plan(OnnxModelSource.Store(model, source), [inputColumnName], [outputColumnName]);
        return Create(plan with { ReadsPixels = false }, RunSettings.Of(new OnnxRunOptions())).CreateTransformer();
    }

    /// <summary>Of a model that gives as many values as it takes.</summary>
    public static BatchedOnnxEstimator CreateWhole(TransformsCatalog catalog, BatchedOnnxOptions? options, string? errorColumnName)
    {
        RunSettings settings = Check(catalog, options);
        OnnxModelDefinition definition = new(OnnxModelPlanner.Plan(options!, errorColumn: errorColumnName), out byte[] bytes);
        TensorSpec takes = definition.Inputs[0];
        TensorSpec gives = definition.Outputs[0];
        if (takes.RowSize != gives.RowSize || takes.Element != gives.Element)
        {
            throw new InvalidDataException($"'{definition.Source}' makes {gives.RowSize} values ({gives.Element.ColumnType}) of {takes.RowSize} "
                + $"({takes.Element.ColumnType}), expected as many as it takes: it is no whole autoencoder.");
        }

        return new BatchedOnnxEstimator(new OnnxScorer(definition, bytes, settings));
    }

    public static BatchedOnnxEstimator CreateSampler(TransformsCatalog catalog, OnnxSamplerOptions options)
    {
        RunSettings settings = Check(catalog, options);
        OnnxModelPlan plan = OnnxModelPlanner.Plan(options, options.NoiseInputName) with { Seed = options.Seed };
        return Create(plan, settings);
    }

    public static BatchedOnnxEstimator Create(OnnxModelPlan plan, RunSettings settings)
    {
        OnnxModelDefinition definition = new(plan, out byte[] bytes);
        return new BatchedOnnxEstimator(new OnnxScorer(definition, bytes, settings));
    }

    private static RunSettings Check(TransformsCatalog catalog, OnnxRunOptions? options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return RunSettings.Of(options);
    }
}
