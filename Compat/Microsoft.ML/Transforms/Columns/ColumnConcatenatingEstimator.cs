using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
    {
        Contracts.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        Contracts.CheckValue(inputColumnNames, nameof(inputColumnNames));
        Contracts.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Contracts.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _env = env;
        _name = outputColumnName;
        _sources = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new ColumnConcatenatingTransformer(_env, [new ColumnConcatenatingTransformer.Part(_name, [.. _sources.Select(name => (name, (string)null))])]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        SchemaShape.Column[] sources = Array.ConvertAll(_sources, name => inputSchema.TryFindColumn(name, out SchemaShape.Column column)
            ? column
            : throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name));
        DataViewType item = sources[0].ItemType;
        foreach (SchemaShape.Column source in sources)
        {
            Contracts.Check(!source.IsKey, $"Column '{source.Name}' is key. Concatenation of keys is unsupported.");
            Contracts.Check(source.ItemType.Equals(item),
                $"Concatenated columns should have the same type. Column '{source.Name}' has type of {source.ItemType}, but expected column type is {item}.");
        }

        var annotations = new List<SchemaShape.Column>();
        if (sources.All(c => c.Annotations.TryFindColumn(AnnotationUtils.Kinds.IsNormalized, out _)))
            annotations.Add(new(AnnotationUtils.Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        if (sources.Any(c => c.Kind == SchemaShape.Column.VectorKind.Scalar || c.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out _)))
            annotations.Add(new(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        SchemaShape.Column.VectorKind kind = sources.Any(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector)
            ? SchemaShape.Column.VectorKind.VariableVector
            : SchemaShape.Column.VectorKind.Vector;
        var columns = inputSchema.ToDictionary(c => c.Name);
        columns[_name] = new SchemaShape.Column(_name, kind, item, false, new SchemaShape(annotations));
        return new SchemaShape(columns.Values);
    }
}
