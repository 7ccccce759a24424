using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>How a label column tells classes and says that a label is missing.</summary>
internal abstract class LabelColumn
{
    /// <summary>Index of the column in its schema.</summary>
    public abstract int Index { get; }

    /// <summary>A getter of a row's values that answers "missing" where they are to be hidden.</summary>
    public abstract Delegate CreateHidingGetter(DataViewRow row, Func<bool> isHidden);

    /// <summary>Reads the class of a cursor's row: a number from 0 in order of first appearance, -1 for a missing label.</summary>
    public abstract Func<int> GetClassReader(DataViewRowCursor cursor);

    /// <summary>Finds a label column and what it holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or its type has no missing value.</exception>
    public static LabelColumn Find(DataViewSchema schema, string name, string parameterName)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw SchemaErrors.Missing("label", name, parameterName);
        bool isKey = column.Type is KeyDataViewType;
        if (isKey && column.Type.RawType == typeof(byte))
        {
            return Of<byte>(column, 0);
        }

        if (isKey && column.Type.RawType == typeof(ushort))
        {
            return Of<ushort>(column, 0);
        }

        if (isKey && column.Type.RawType == typeof(uint))
        {
            return Of<uint>(column, 0);
        }

        if (isKey && column.Type.RawType == typeof(ulong))
        {
            return Of<ulong>(column, 0);
        }

        if (column.Type == NumberDataViewType.Single)
        {
            return Of(column, float.NaN);
        }

        if (column.Type == NumberDataViewType.Double)
        {
            return Of(column, double.NaN);
        }

        if (column.Type == TextDataViewType.Instance)
        {
            return new LabelColumn<ReadOnlyMemory<char>, string>(column, default, text => text.IsEmpty ? null : text.ToString());
        }

        throw SchemaErrors.Mismatch("label", name, "Key, Single, Double or String (types that know a missing value)", column.Type.ToString()!, parameterName);
    }

    private static LabelColumn<T, object> Of<T>(DataViewSchema.Column column, T missing)
        where T : struct, IEquatable<T>
        => new(column, missing, value => value.Equals(missing) ? null : value);
}

/// <summary>A label column of one type.</summary>
/// <typeparam name="TValue">Type of its values.</typeparam>
/// <typeparam name="TClass">What a value is compared as.</typeparam>
/// <param name="column">The column.</param>
/// <param name="missing">The value that says "missing".</param>
/// <param name="classOf">What a value is compared as; null for missing.</param>
internal sealed class LabelColumn<TValue, TClass>(DataViewSchema.Column column, TValue missing, Func<TValue, TClass?> classOf) : LabelColumn
    where TClass : class
{
    public override int Index => column.Index;

    public override Delegate CreateHidingGetter(DataViewRow row, Func<bool> isHidden)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(column);
        return (ValueGetter<TValue>)((ref TValue value) =>
        {
            getter(ref value);
            if (isHidden())
            {
                value = missing;
            }
        });
    }

    public override Func<int> GetClassReader(DataViewRowCursor cursor)
    {
        ValueGetter<TValue> getter = cursor.GetGetter<TValue>(column);
        Dictionary<TClass, int> classes = [];
        TValue value = missing;
        return () =>
        {
            getter(ref value);
            if (classOf(value) is not { } key)
            {
                return -1;
            }

            if (!classes.TryGetValue(key, out int number))
            {
                classes.Add(key, number = classes.Count);
            }

            return number;
        };
    }
}
