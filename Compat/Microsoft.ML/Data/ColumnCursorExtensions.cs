using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName) => GetColumn<T>(data, data.Schema[columnName]);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckNonEmpty(column.Name, nameof(column));
        Contracts.CheckParam(column.Index < data.Schema.Count && data.Schema[column.Index].Name == column.Name && data.Schema[column.Index].Type == column.Type,
            nameof(column), $"column with name {column.Name}, type {column.Type}, and index {column.Index} cannot be found in data");

        if (column.Type.RawType == typeof(T))
            return Read<T, T>(data, column, value => value);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>, string>(data, column, text => text.ToString());
        if (typeof(T).IsArray)
        {
            Contracts.CheckParam(column.Type is VectorDataViewType, nameof(column),
                $"Cannot load vector type, {column.Type}, specified in data to the user-defined type, {typeof(T)}.");
            Type item = column.Type.GetItemType().RawType;
            if (typeof(T) == typeof(string[]) && item == typeof(ReadOnlyMemory<char>))
                return (IEnumerable<T>)Read<VBuffer<ReadOnlyMemory<char>>, string[]>(data, column, v => [.. v.DenseValues().Select(text => text.ToString())]);
            if (typeof(T).GetElementType() == item)
                return GenericCall.Invoke<IEnumerable<T>>(ReadArrays<int>, item, data, column);
        }
        throw Contracts.ExceptParam(nameof(column),
            $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
    }

    private static IEnumerable<T[]> ReadArrays<T>(IDataView data, DataViewSchema.Column column) => Read<VBuffer<T>, T[]>(data, column, vector =>
    {
        var values = new T[vector.Length];
        vector.CopyTo(values);
        return values;
    });

    private static IEnumerable<TResult> Read<TValue, TResult>(IDataView data, DataViewSchema.Column column, Func<TValue, TResult> convert)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<TValue> getter = cursor.GetGetter<TValue>(column);
        TValue value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return convert(value);
        }
    }
}
