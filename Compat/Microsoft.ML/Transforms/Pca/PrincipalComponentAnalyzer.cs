using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class PrincipalComponentAnalyzer : IEstimator<PrincipalComponentAnalysisTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly PcaOptions _options;

    internal PrincipalComponentAnalyzer(IHostEnvironment env, PcaOptions options)
    {
        Contracts.CheckParam(options.Oversampling >= 0, nameof(options.Oversampling), "Oversampling must be non-negative.");
        Contracts.CheckParam(options.Rank > 0, nameof(options.Rank), "Rank must be positive.");
        _env = env;
        _options = options;
    }

    public PrincipalComponentAnalysisTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        DataViewSchema.Column column = input.Schema[_options.InputColumnName];
        PrincipalComponentAnalysisTransformer.CheckColumn(column);
        Contracts.CheckParam(_options.Rank <= column.Type.GetValueCount(), nameof(_options.Rank),
            "Rank must be positive, and at most the dimension of untransformed data");
        PrincipalComponents components = new RandomizedPca(input, column, _options, _env).Learn();
        return new PrincipalComponentAnalysisTransformer(_env, (_options.OutputColumnName, _options.InputColumnName), components);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        string name = _options.InputColumnName;
        if (!inputSchema.TryFindColumn(name, out SchemaShape.Column source)
            || source.Kind != SchemaShape.Column.VectorKind.Vector || !source.ItemType.Equals(NumberDataViewType.Single))
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
        var columns = inputSchema.ToDictionary(c => c.Name);
        columns[_options.OutputColumnName] = new SchemaShape.Column(
            _options.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);
        return new SchemaShape(columns.Values);
    }
}
