using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// Shapes of schemas. ML.NET keeps the methods that make them to itself, but a chain of estimators hands one to each of its
/// links.
/// </summary>
internal static class SchemaShapes
{
    public static SchemaShape Of(DataViewSchema schema)
    {
        Probe probe = new();
        new EstimatorChain<ITransformer>().Append(probe).Fit(new EmptyView(schema));
        return probe.Seen!;
    }

    /// <summary>The shape of a number.</summary>
    public static SchemaShape.Column OfSingle(string name)
    {
        DataViewSchema.Builder schema = new();
        schema.AddColumn(name, NumberDataViewType.Single);
        return Of(schema.ToSchema())[0];
    }

    /// <summary>The shape of a vector of numbers.</summary>
    public static SchemaShape.Column OfVector(string name)
    {
        DataViewSchema.Builder schema = new();
        schema.AddColumn(name, new VectorDataViewType(NumberDataViewType.Single, 1)); // shapes tell no lengths
        return Of(schema.ToSchema())[0];
    }

    /// <summary>The column of a name; null where there is none.</summary>
    public static SchemaShape.Column? Find(SchemaShape shape, string name)
    {
        foreach (SchemaShape.Column column in shape)
        {
            if (column.Name == name)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>A column's type as ML.NET prints it.</summary>
    public static string Describe(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            SchemaShape.Column.VectorKind.VariableVector => $"VarVector<{item}>",
            _ => item,
        };
    }

    private sealed class Probe : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;
    }
}

/// <summary>Errors about columns, in ML.NET's words.</summary>
internal static class SchemaErrors
{
    /// <summary>A column that is not there.</summary>
    public static ArgumentOutOfRangeException Missing(string role, string column, string parameterName)
        => new(parameterName, $"Could not find {role} column '{column}'");

    /// <summary>A column of the wrong type.</summary>
    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, string found, string parameterName)
        => new(parameterName, $"Schema mismatch for {role} column '{column}': expected {expected}, got {found}");
}
