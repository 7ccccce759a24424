using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly Options[] _columns;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, params Options[] columns)
    {
        _env = env;
        foreach (Options column in columns)
            Contracts.CheckNonEmpty(column.OutputColumnName, "outputColumnName");
        _columns = columns;
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new ValueToKeyMappingTransformer(_env, [.. _columns.Select(options =>
        {
            DataViewSchema.Column column = input.Schema.GetColumnOrNull(options.InputColumnName)
                ?? throw Contracts.ExceptSchemaMismatch("inputSchema", "input", options.InputColumnName);
            KeyMap map = KeyMapBuilder.Build(input, column, options.MaximumNumberOfKeys, options.Order);
            return new ValueToKeyMappingTransformer.Part(options.OutputColumnName, options.InputColumnName, map, options.TextKeyValues);
        })]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(c => c.Name);
        foreach (Options options in _columns)
        {
            if (!inputSchema.TryFindColumn(options.InputColumnName, out SchemaShape.Column source))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", options.InputColumnName);
            var annotations = new List<SchemaShape.Column>();
            if (source.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
                annotations.Add(slotNames);
            DataViewType values = options.TextKeyValues ? TextDataViewType.Instance : source.ItemType;
            annotations.Add(new(AnnotationUtils.Kinds.KeyValues, SchemaShape.Column.VectorKind.Vector, values, source.IsKey));
            columns[options.OutputColumnName] = new SchemaShape.Column(
                options.OutputColumnName, source.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }

    internal sealed record Options(string OutputColumnName, string InputColumnName, int MaximumNumberOfKeys, KeyOrdinality Order, bool TextKeyValues);
}
