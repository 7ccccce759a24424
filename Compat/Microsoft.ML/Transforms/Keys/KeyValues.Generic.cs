using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>What the keys of one column stand for, by the key less one. A key that stands for nothing is the type's missing value.</summary>
internal sealed class KeyValues<T>(DataViewType type, T[] values) : KeyValues(type)
{
    private static readonly T Missing =
        typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;

    public override Delegate GetGetter(DataViewRow input, DataViewSchema.Column column)
    {
        if (Type is VectorDataViewType)
            return GetVectorGetter(input.GetGetter<VBuffer<uint>>(column));

        ValueGetter<uint> source = input.GetGetter<uint>(column);
        uint key = 0;
        return (ValueGetter<T>)((ref T value) =>
        {
            source(ref key);
            value = GetValue(key);
        });
    }

    private T GetValue(uint key) => key > 0 && key <= values.Length ? values[key - 1] : Missing;

    private ValueGetter<VBuffer<T>> GetVectorGetter(ValueGetter<VBuffer<uint>> source)
    {
        VBuffer<uint> buffer = default;
        VBuffer<uint> dense = default;
        return (ref VBuffer<T> value) =>
        {
            source(ref buffer);
            buffer.CopyToDense(ref dense);
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, dense.Length);
            ReadOnlySpan<uint> keys = dense.GetValues();
            for (int i = 0; i < keys.Length; i++)
                editor.Values[i] = GetValue(keys[i]);
            value = editor.Commit();
        };
    }
}
