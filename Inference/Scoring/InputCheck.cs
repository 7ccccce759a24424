using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Compares columns with the tensors that they are read into.</summary>
internal static class InputCheck
{
    private const string Role = "input";
    private const string ParameterName = "inputSchema";

    public static void Check(DataViewSchema schema, TensorSpec input)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(input.Name) ?? throw SchemaErrors.Missing(Role, input.Name, ParameterName);
        bool fits = column.Type is VectorDataViewType vector
            ? Fits(vector.ItemType, input) && FitsShape(vector, input)
            : Fits(column.Type, input) && input.RowSize == 1;
        if (!fits)
        {
            // The shape only where it is the matter: a vector of as many values without a shape would do.
            bool isLayout = column.Type is VectorDataViewType { Dimensions.Length: > 1 } shaped && shaped.Size == input.RowSize && Fits(shaped.ItemType, input);
            VectorDataViewType expected = isLayout
                ? new VectorDataViewType(input.Element.ColumnType, input.RowShape.Skip(1).ToArray())
                : new VectorDataViewType(input.Element.ColumnType, input.RowSize);
            throw SchemaErrors.Mismatch(Role, input.Name, expected.ToString(), column.Type.ToString()!, ParameterName);
        }
    }

    // The shape of a schema knows no vector lengths.
    public static void Check(SchemaShape schema, TensorSpec input, bool orBytes)
    {
        SchemaShape.Column column = SchemaShapes.Find(schema, input.Name) ?? throw SchemaErrors.Missing(Role, input.Name, ParameterName);
        bool fits = (column.IsKey ? column.ItemType.RawType == input.Element.ColumnType.RawType : column.ItemType == input.Element.ColumnType
                || (orBytes && column.ItemType == NumberDataViewType.Byte))
            && (column.Kind != SchemaShape.Column.VectorKind.Scalar || input.RowSize == 1);
        if (!fits)
        {
            throw SchemaErrors.Mismatch(Role, input.Name, $"Vector<{input.Element.ColumnType}, {input.RowSize}>", SchemaShapes.Describe(column), ParameterName);
        }
    }

    /// <summary>Whether a column holds bytes, as many as the tensor has values.</summary>
    public static bool HoldsBytes(DataViewSchema schema, TensorSpec input)
        => schema.GetColumnOrNull(input.Name)?.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Byte;

    // A key is read as its number, as in stock.
    private static bool Fits(DataViewType item, TensorSpec input)
        => item == input.Element.ColumnType || (item is KeyDataViewType && item.RawType == input.Element.ColumnType.RawType);

    // Pixels in the order rows, columns, channels are no input for a network that wants the channels first.
    private static bool FitsShape(VectorDataViewType vector, TensorSpec input)
    {
        if (!vector.IsKnownSize)
        {
            return true;
        }

        int[] found = [.. vector.Dimensions.Where(d => d != 1)];
        int[] expected = [.. input.RowShape.Where(d => d != 1)];
        return vector.Size == input.RowSize
            && (found.Length < 2 || found.Length != expected.Length || found.SequenceEqual(expected));
    }
}
