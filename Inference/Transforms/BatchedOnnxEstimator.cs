using Microsoft.ML;
using OnnxAE.Inference.Transforms;

namespace OnnxAE.Inference;

/// <summary>Makes <see cref="BatchedOnnxTransformer"/>s. Nothing is learned: fitting only checks the columns.</summary>
public sealed class BatchedOnnxEstimator : IEstimator<BatchedOnnxTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly OnnxModelDefinition _definition;
    private readonly RunSettings _settings;
    private readonly SharedSession _session;
    private readonly DataViewSchema.DetachedColumn[] _outputColumns;

    internal BatchedOnnxEstimator(TransformsCatalog catalog, OnnxModelDefinition definition, RunSettings settings)
    {
        _catalog = catalog;
        _definition = definition;
        _settings = settings;
        _session = new SharedSession(definition, settings);
        using StockOnnx twin = StockOnnx.CreateTwin(catalog, definition);
        DataViewSchema schema = twin.Transformer.GetOutputSchema(new EmptyView(definition.Inputs).Schema);
        _outputColumns = [.. schema.Skip(definition.Inputs.Count).Select(c => new DataViewSchema.DetachedColumn(c))];
    }

    /// <summary>Checks the columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of the wrong type or length.</exception>
    public BatchedOnnxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _definition.CheckInputs(input.Schema);
        return CreateTransformer();
    }

    /// <summary>The columns that the transformer will make, behind those that it gets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _definition.CheckInputs(inputSchema);
        using StockOnnx twin = StockOnnx.CreateTwin(_catalog, _definition);
        return twin.Estimator.GetOutputSchema(inputSchema);
    }

    internal BatchedOnnxTransformer CreateTransformer() => new(_catalog, _definition, _session, _settings, _outputColumns);
}
