using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>A code as a row of an ML.NET view.</summary>
internal sealed class CodeRow
{
    /// <summary>The code's numbers.</summary>
    public float[] Code { get; set; } = [];

    /// <summary>A view of codes of one length.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="codes">At least one.</param>
    /// <param name="column">What the column is called.</param>
    public static IDataView View(MLContext ml, IReadOnlyList<float[]> codes, string column = nameof(Code))
    {
        var schema = SchemaDefinition.Create(typeof(CodeRow));
        schema[nameof(Code)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, codes[0].Length);
        schema[nameof(Code)].ColumnName = column;
        return ml.Data.LoadFromEnumerable(codes.Select(code => new CodeRow { Code = code }), schema);
    }
}
