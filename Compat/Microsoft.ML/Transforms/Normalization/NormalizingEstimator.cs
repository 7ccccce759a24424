using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly NormalizerOptions[] _columns;

    internal NormalizingEstimator(IHostEnvironment env, params NormalizerOptions[] columns)
    {
        _env = env;
        foreach (NormalizerOptions column in columns)
        {
            Contracts.CheckNonEmpty(column.OutputColumnName, "name");
            Contracts.CheckNonEmpty(column.InputColumnName, "inputColumnName");
            Contracts.CheckParam(column.MaximumExampleCount > 1, "maximumExampleCount", "Must be greater than 1");
        }
        _columns = columns;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new NormalizingTransformer(_env, [.. _columns.Select(column =>
        {
            NormalizerFunction function = column.Train(input);
            return new NormalizingTransformer.Part(column.OutputColumnName, column.InputColumnName, input.Schema[column.InputColumnName].Type, function);
        })]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(c => c.Name);
        foreach (NormalizerOptions options in _columns)
        {
            string name = options.InputColumnName;
            if (!inputSchema.TryFindColumn(name, out SchemaShape.Column source))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
            if (source.Kind == SchemaShape.Column.VectorKind.VariableVector)
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, "known-size vector or scalar", source.GetTypeString());
            if (!source.ItemType.Equals(NumberDataViewType.Single) && !source.ItemType.Equals(NumberDataViewType.Double))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, "vector or scalar of Single or Double", source.GetTypeString());

            var annotations = new List<SchemaShape.Column>
            {
                new(AnnotationUtils.Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false),
            };
            if (source.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
                annotations.Add(slotNames);
            columns[options.OutputColumnName] = new SchemaShape.Column(
                options.OutputColumnName, source.Kind, source.ItemType, source.IsKey, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }
}
