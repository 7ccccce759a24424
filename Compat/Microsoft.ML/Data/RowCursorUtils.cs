using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What every cursor has to do with the columns that it is asked for.</summary>
internal static class RowCursorUtils
{
    public const string FetchValueStateError = "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, or at any point after a call to MoveNext returned false.";

    /// <summary>Which of the schema's columns are needed.</summary>
    public static bool[] GetActive(IEnumerable<DataViewSchema.Column> columnsNeeded, DataViewSchema schema)
    {
        Contracts.CheckValue(columnsNeeded, nameof(columnsNeeded));
        var active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            Contracts.Check(column.Index < schema.Count, $"The requested column: {column} is not part of the sourceSchema");
            active[column.Index] = true;
        }
        return active;
    }

    /// <summary>Fails as ML.NET does where a getter is asked for of a column that the cursor was opened without.</summary>
    public static void CheckActive(this DataViewRow row, DataViewSchema.Column column) =>
        Contracts.CheckParam(row.IsColumnActive(column), nameof(column), "requested column not active");

    /// <summary>The getter as the type that the caller asked for.</summary>
    public static ValueGetter<TValue> Cast<TValue>(Delegate getter) =>
        getter as ValueGetter<TValue> ?? throw Contracts.ExceptGetterType(typeof(TValue), getter.GetType().GetGenericArguments()[0]);

    /// <summary>A column's getter where its value type is not known to the caller: a ValueGetter of the raw type.</summary>
    public static Delegate GetGetterAsDelegate(DataViewRow row, DataViewSchema.Column column) =>
        GenericCall.Invoke<Delegate>(row.GetGetter<int>, column.Type.RawType, column);
}
