using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(IHostEnvironment env, OnnxTransformer transformer)
        : base(env, transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(c => c.Name);
        foreach (string input in Transformer.Inputs)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column column))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            Contracts.Check(Transformer.Model.InputNames.Contains(input), $"Column {input} doesn't match input node names of model.");
            DataViewType expected = Transformer.Model.GetInput(input).Type.GetItemType();
            if (!column.ItemType.Equals(expected))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", input, expected.ToString(), column.ItemType.ToString());
        }

        for (int i = 0; i < Transformer.Outputs.Length; i++)
        {
            DataViewType type = Transformer.OutputTypes[i];
            SchemaShape.Column.VectorKind kind = type.IsKnownSizeVector() ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector;
            columns[Transformer.Outputs[i]] = new SchemaShape.Column(Transformer.Outputs[i], kind, type.GetItemType(), false);
        }
        return new SchemaShape(columns.Values);
    }
}
