using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Collects the distinct values of a column in the order of their first appearance, up to a number of them.</summary>
internal static class KeyMapBuilder
{
    public static KeyMap Build(IDataView data, DataViewSchema.Column column, int maximumCount, ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        Contracts.CheckParam(maximumCount > 0, "MaxNumTerms", "Must be positive");
        DataViewType item = column.Type.GetItemType();
        TermType.Check(item);
        return GenericCall.Invoke<KeyMap>(Build<int>, item.RawType, data, column, maximumCount, order);
    }

    private static KeyMap<T> Build<T>(IDataView data, DataViewSchema.Column column, int maximumCount, ValueToKeyMappingEstimator.KeyOrdinality order)
    {
        var seen = new HashSet<T>(TermType.GetEquality<T>());
        var terms = new List<T>();
        using (DataViewRowCursor cursor = data.GetRowCursor([column]))
        {
            Func<IEnumerable<T>> read = column.Type is VectorDataViewType ? ReadVectors<T>(cursor, column) : ReadScalars<T>(cursor, column);
            while (terms.Count < maximumCount && cursor.MoveNext())
            {
                foreach (T value in read())
                {
                    if (terms.Count < maximumCount && !TermType.IsMissing(value) && seen.Add(value))
                        terms.Add(Keep(value));
                }
            }
        }

        if (order == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
        {
            // The original sorts an array that does not exist when there are no numbers.
            T[] array = terms.Count == 0 && column.Type.GetItemType() is not TextDataViewType ? null : [];
            ArgumentNullException.ThrowIfNull(array);
            terms.Sort(TermType.GetOrder<T>());
        }
        return new KeyMap<T>((PrimitiveDataViewType)column.Type.GetItemType(), [.. terms]);
    }

    // A cursor may use the memory behind a text again for its next row.
    private static T Keep<T>(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;

    private static Func<IEnumerable<T>> ReadScalars<T>(DataViewRowCursor row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        var value = new T[1];
        return () =>
        {
            getter(ref value[0]);
            return value;
        };
    }

    private static Func<IEnumerable<T>> ReadVectors<T>(DataViewRowCursor row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            return value.DenseValues();
        };
    }
}
