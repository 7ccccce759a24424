using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment env, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env, new KeyToValueMappingTransformer(env, columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(c => c.Name);
        foreach (var (output, input) in Transformer.ColumnPairs)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column source))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            if (!source.IsKey)
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", input, "KeyType", source.GetTypeString());
            if (!source.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column keyValues))
                throw Contracts.ExceptParam(nameof(inputSchema), $"Input column '{input}' doesn't contain key values metadata");
            SchemaShape annotations = source.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames)
                ? new SchemaShape([slotNames])
                : null;
            columns[output] = new SchemaShape.Column(output, source.Kind, keyValues.ItemType, keyValues.IsKey, annotations);
        }
        return new SchemaShape(columns.Values);
    }
}
