using System.Linq.Expressions;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Fills a user's objects from a row: which columns go to which members is settled once, from the schema.</summary>
internal sealed class MemberWriter<TRow>
{
    private readonly List<(MemberColumn Member, DataViewSchema.Column Column)> _bindings = [];

    public MemberWriter(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        foreach (MemberColumn member in MemberColumn.Create(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.Name) is not { } column)
            {
                if (ignoreMissingColumns)
                    continue;
                throw Contracts.ExceptSchemaMismatch("Schema", "", member.Name);
            }
            Contracts.Check(member.CanTake(column.Type), $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' " +
                $"to field or property '{member.Member.Name}' of type '{member.MemberType.FullName}'.");
            _bindings.Add((member, column));
        }
    }

    public IEnumerable<DataViewSchema.Column> ColumnsNeeded => _bindings.Select(b => b.Column);

    /// <summary>What copies the values of <paramref name="row"/>, wherever it stands, into an object.</summary>
    public Action<TRow> CreateFiller(DataViewRow row)
    {
        Action<TRow>[] setters = [.. _bindings.Select(b => CreateSetter(row, b.Column, b.Member))];
        return target =>
        {
            foreach (Action<TRow> setter in setters)
                setter(target);
        };
    }

    private static Action<TRow> CreateSetter(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        Type type = member.MemberType;
        if (type == typeof(string))
            return Text(row, column, member);
        if (type == typeof(string[]))
            return Texts(row, column, member);
        if (type.IsArray)
            return GenericCall.Invoke<Action<TRow>>(Array<int>, type.GetElementType(), row, column, member);
        return column.Type is VectorDataViewType vector
            ? GenericCall.Invoke<Action<TRow>>(Buffer<int>, vector.ItemType.RawType, row, column, member)
            : GenericCall.Invoke<Action<TRow>>(Value<int>, type, row, column, member);
    }

    private static Action<TRow> Text(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (get, set) = (row.GetGetter<ReadOnlyMemory<char>>(column), Setter<string>(member));
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            get(ref value);
            set(target, value.ToString());
        };
    }

    private static Action<TRow> Texts(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (get, set) = (row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column), Setter<string[]>(member));
        VBuffer<ReadOnlyMemory<char>> value = default;
        return target =>
        {
            get(ref value);
            set(target, [.. value.DenseValues().Select(v => v.ToString())]);
        };
    }

    // An array that already has the right length is filled again, as ML.NET does.
    private static Action<TRow> Array<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (get, read, set) = (row.GetGetter<VBuffer<T>>(column), Getter<T[]>(member), Setter<T[]>(member));
        VBuffer<T> value = default;
        return target =>
        {
            get(ref value);
            T[] array = read(target);
            if (array?.Length != value.Length)
                array = new T[value.Length];
            value.CopyTo(array);
            set(target, array);
        };
    }

    private static Action<TRow> Buffer<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (get, read, set) = (row.GetGetter<VBuffer<T>>(column), Getter<VBuffer<T>>(member), Setter<VBuffer<T>>(member));
        return target =>
        {
            VBuffer<T> value = read(target);
            get(ref value);
            set(target, value);
        };
    }

    private static Action<TRow> Value<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (get, set) = (row.GetGetter<T>(column), Setter<T>(member));
        T value = default;
        return target =>
        {
            get(ref value);
            set(target, value);
        };
    }

    private static Func<TRow, TValue> Getter<TValue>(MemberColumn member)
    {
        if (member.Member is System.Reflection.PropertyInfo { CanRead: false })
            return _ => default;
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, member.Member), row).Compile();
    }

    private static Action<TRow, TValue> Setter<TValue>(MemberColumn member)
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        ParameterExpression value = Expression.Parameter(typeof(TValue));
        Expression assignment = Expression.Assign(Expression.MakeMemberAccess(row, member.Member), value);
        return Expression.Lambda<Action<TRow, TValue>>(assignment, row, value).Compile();
    }
}
