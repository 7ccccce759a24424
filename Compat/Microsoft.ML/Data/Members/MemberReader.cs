using System.Linq.Expressions;
using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes getters of columns out of members of an object that changes from row to row.</summary>
internal static class MemberReader<TRow>
{
    /// <summary>A ValueGetter of the column's raw type that reads from what <paramref name="current"/> returns.</summary>
    public static Delegate CreateGetter(MemberColumn column, Func<TRow> current)
    {
        Type type = column.MemberType;
        if (type == typeof(string))
            return FromString(Accessor<string>(column), current);
        if (type == typeof(string[]))
            return FromStrings(Accessor<string[]>(column), current);
        if (type.IsArray)
            return GenericCall.Invoke<Delegate>(FromArray<int>, type.GetElementType(), column, current);
        if (column.Type is VectorDataViewType vector)
            return GenericCall.Invoke<Delegate>(FromBuffer<int>, vector.ItemType.RawType, column, current);
        return column.Type is KeyDataViewType
            ? GenericCall.Invoke<Delegate>(FromKey<uint>, type, column, current)
            : GenericCall.Invoke<Delegate>(FromValue<int>, type, column, current);
    }

    private static Func<TRow, TValue> Accessor<TValue>(MemberColumn column)
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, column.Member), row).Compile();
    }

    private static ValueGetter<ReadOnlyMemory<char>> FromString(Func<TRow, string> read, Func<TRow> current) =>
        (ref ReadOnlyMemory<char> destination) => destination = read(current()).AsMemory();

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> FromStrings(Func<TRow, string[]> read, Func<TRow> current) =>
        (ref VBuffer<ReadOnlyMemory<char>> destination) =>
        {
            string[] values = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref destination, values.Length);
            for (int i = 0; i < values.Length; i++)
                editor.Values[i] = values[i].AsMemory();
            destination = editor.Commit();
        };

    private static ValueGetter<VBuffer<T>> FromArray<T>(MemberColumn column, Func<TRow> current)
    {
        Func<TRow, T[]> read = Accessor<T[]>(column);
        return (ref VBuffer<T> destination) =>
        {
            T[] values = read(current());
            VBuffer<T>.Copy(values, 0, ref destination, values?.Length ?? 0);
        };
    }

    private static ValueGetter<VBuffer<T>> FromBuffer<T>(MemberColumn column, Func<TRow> current)
    {
        Func<TRow, VBuffer<T>> read = Accessor<VBuffer<T>>(column);
        return (ref VBuffer<T> destination) => read(current()).CopyTo(ref destination);
    }

    private static ValueGetter<T> FromValue<T>(MemberColumn column, Func<TRow> current)
    {
        Func<TRow, T> read = Accessor<T>(column);
        return (ref T destination) => destination = read(current());
    }

    // Users count keys from 0; a column holds them from 1, and 0 for one that is out of range.
    private static ValueGetter<T> FromKey<T>(MemberColumn column, Func<TRow> current)
        where T : struct, IBinaryInteger<T>
    {
        Func<TRow, T> read = Accessor<T>(column);
        ulong count = column.Type.GetKeyCount();
        return (ref T destination) =>
        {
            T value = read(current());
            destination = ulong.CreateTruncating(value) < count ? value + T.One : T.Zero;
        };
    }
}
