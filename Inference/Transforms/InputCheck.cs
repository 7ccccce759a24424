using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>Compares columns with the tensors that they are read into.</summary>
internal static class InputCheck
{
    private const string Role = "input";
    private const string ParameterName = "inputSchema";

    public static void Check(DataViewSchema schema, TensorSpec input)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(input.Name) ?? throw SchemaErrors.Missing(Role, input.Name, ParameterName);
        bool fits = column.Type is VectorDataViewType vector
            ? vector.ItemType == NumberDataViewType.Single && (!vector.IsKnownSize || vector.Size == input.RowSize)
            : column.Type == NumberDataViewType.Single && input.RowSize == 1;
        if (!fits)
        {
            string expected = new VectorDataViewType(NumberDataViewType.Single, input.RowSize).ToString();
            throw SchemaErrors.Mismatch(Role, input.Name, expected, column.Type.ToString()!, ParameterName);
        }
    }

    // The shape of a schema knows no vector lengths.
    public static void Check(SchemaShape schema, TensorSpec input)
    {
        SchemaShape.Column[] found = [.. schema.Where(c => c.Name == input.Name).Take(1)];
        if (found is not [SchemaShape.Column column])
            throw SchemaErrors.Missing(Role, input.Name, ParameterName);
        bool fits = column.ItemType == NumberDataViewType.Single && !column.IsKey
            && (column.Kind != SchemaShape.Column.VectorKind.Scalar || input.RowSize == 1);
        if (!fits)
        {
            string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
            string got = column.Kind == SchemaShape.Column.VectorKind.Scalar ? item : $"Vector<{item}>";
            throw SchemaErrors.Mismatch(Role, input.Name, $"Vector<{NumberDataViewType.Single}, {input.RowSize}>", got, ParameterName);
        }
    }
}
