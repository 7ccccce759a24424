using Microsoft.ML;

namespace OnnxAE.Inference;

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

    public override Delegate CreateMissingGetter(Func<long> position) => (ValueGetter<TValue>)((ref TValue value) =>
    {
        RowGuard.CheckAtRow(position());
        value = missing;
    });

    public override Delegate CreateHidingGetter(DataViewRow row, Func<bool> isHidden)
    {
        ValueGetter<TValue> getter = row.GetGetter<TValue>(column);
        return (ValueGetter<TValue>)((ref TValue value) =>
        {
            getter(ref value);
            if (isHidden())
                value = missing;
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
                return -1;
            if (!classes.TryGetValue(key, out int number))
                classes.Add(key, number = classes.Count);
            return number;
        };
    }
}
