using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>One input of a model, fed from one column, row by row.</summary>
internal abstract class OnnxFeed : IDisposable
{
    /// <summary>The tensor that holds the current row's values.</summary>
    public abstract OrtValue Read();

    public virtual void Dispose()
    {
    }

    public static OnnxFeed Create(DataViewRow row, DataViewSchema.Column column, OnnxVariable variable)
    {
        DataViewType item = column.Type.GetItemType();
        Type type = item.RawType;
        if (item is TextDataViewType)
            return new OnnxTextFeed(ReadAsVector<ReadOnlyMemory<char>>(row, column), variable);
        return GenericCall.Invoke<OnnxFeed>(CreateNumbers<int>, type, row, column, variable);
    }

    private static OnnxNumberFeed<T> CreateNumbers<T>(DataViewRow row, DataViewSchema.Column column, OnnxVariable variable)
        where T : unmanaged => new(ReadAsVector<T>(row, column), variable);

    private static ValueGetter<VBuffer<T>> ReadAsVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return row.GetGetter<VBuffer<T>>(column);
        ValueGetter<T> scalar = row.GetGetter<T>(column);
        return (ref VBuffer<T> value) =>
        {
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, 1);
            scalar(ref editor.Values[0]);
            value = editor.Commit();
        };
    }

    /// <summary>The tensor's shape for so many values: an unknown dimension takes what is left.</summary>
    private protected static long[] GetShape(OnnxVariable variable, int count)
    {
        int known = variable.Dimensions.Where(d => d > 0).Aggregate(1, (product, d) => product * d);
        return [.. variable.Dimensions.Select(d => d > 0 ? d : (long)(count / known))];
    }
}
