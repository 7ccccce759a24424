using Microsoft.ML;
using Microsoft.ML.Data;
using static OnnxAE.Inference.TensorProto.Types;

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
        _takesBytes = scorer.Definition.PixelRange is not null && scorer.Definition.ColumnInputs.First().Element.OnnxType is DataType.Float or DataType.Double;
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
        {
            columns[output.Name] = output;
        }

        return new SchemaShape(columns.Values);
    }

    /// <summary>Of a model of any number of inputs and outputs.</summary>
    internal static BatchedOnnxEstimator Create(TransformsCatalog catalog, BatchedOnnxOptions options)
    {
        RunSettings settings = Check(catalog, options);
        return new(OnnxScorer.Create(OnnxModelPlan.Of(options), settings));
    }

    /// <summary>Of a model that reads one column and makes one.</summary>
    /// <param name="catalog">The transforms of a context.</param>
    /// <param name="options">What to score, and how.</param>
    /// <param name="readsPixels">Whether the input may be pixels.</param>
    /// <param name="noiseInput">A further input, for noise; null for none.</param>
    /// <param name="seed">Where the noise begins.</param>
    internal static BatchedOnnxEstimator CreateForColumn(
        TransformsCatalog catalog, BatchedOnnxOptions options, bool readsPixels = true, string? noiseInput = null, int seed = 0)
    {
        RunSettings settings = CheckForColumn(catalog, options);
        return new(OnnxScorer.Create(OnnxModelPlan.Of(options, noiseInput) with { ReadsPixels = readsPixels, Seed = seed }, settings));
    }

    /// <summary>Of a model that gives as many values as it takes.</summary>
    internal static BatchedOnnxEstimator CreateWhole(TransformsCatalog catalog, BatchedOnnxOptions options, string? errorColumnName)
    {
        RunSettings settings = CheckForColumn(catalog, options);
        OnnxModelDefinition definition = new(OnnxModelPlan.Of(options, errorColumn: errorColumnName), out byte[] bytes);
        TensorSpec takes = definition.Inputs[0], gives = definition.Outputs[0];
        if (takes.RowSize != gives.RowSize || takes.Element != gives.Element)
        {
            throw new InvalidDataException($"'{definition.Source}' makes {gives.RowSize} values ({gives.Element.ColumnType}) of {takes.RowSize} "
                + $"({takes.Element.ColumnType}), expected as many as it takes: it is no whole autoencoder.");
        }

        return new(new OnnxScorer(definition, bytes, settings));
    }

    private static RunSettings Check(TransformsCatalog catalog, BatchedOnnxOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new RunSettings(options, catalog);
    }

    private static RunSettings CheckForColumn(TransformsCatalog catalog, BatchedOnnxOptions options)
    {
        RunSettings settings = Check(catalog, options);
        return options is { OutputColumnNames.Count: 1, InputColumnNames.Count: 1 } ? settings : throw new ArgumentException(
            $"{options.OutputColumnNames.Count} columns to make and {options.InputColumnNames.Count} to read are named, expected one of each: ApplyOnnxModelBatched takes any number.", nameof(options));
    }

    private OnnxScorer ScorerFor(DataViewSchema schema)
    {
        if (!_takesBytes || !InputCheck.HoldsBytes(schema, _scorer.Definition.ColumnInputs.First()))
        {
            return _scorer;
        }

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

/// <summary>A model with its session and the columns that it makes: what all transformers of an estimator have in common.</summary>
internal sealed class OnnxScorer
{
    /// <summary>Starts the session, so that a model that can't run is refused here.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime doesn't accept the model.</exception>
    /// <exception cref="InvalidOperationException">The GPU can't be used.</exception>
    public OnnxScorer(OnnxModelDefinition definition, byte[] bytes, RunSettings settings)
    {
        Definition = definition;
        Settings = settings;
        Session = new SharedSession(definition, settings, bytes);
        OutputColumns = [.. definition.Outputs.Select((t, i) => new DataViewSchema.DetachedColumn(t.Name, ColumnType(t), definition.SlotNames[i]))];
        BatchSize = settings.RowsFor(definition);
    }

    public OnnxModelDefinition Definition { get; }

    public RunSettings Settings { get; }

    public SharedSession Session { get; }

    /// <summary>The columns that the stock transformer would make.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }

    /// <summary>Rows of one call.</summary>
    public int BatchSize { get; }

    /// <summary>Makes the model of a plan.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, has tensors that columns can't be, or ONNX Runtime doesn't accept it.</exception>
    public static OnnxScorer Create(OnnxModelPlan plan, RunSettings settings)
    {
        OnnxModelDefinition definition = new(plan, out byte[] bytes);
        return new OnnxScorer(definition, bytes, settings);
    }

    // The stock transformer takes a free first dimension as 1.
    private static VectorDataViewType ColumnType(TensorSpec tensor) => new(tensor.Element.ColumnType, tensor.RowShape.ToArray());
}
