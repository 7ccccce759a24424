using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>What every row of this library checks, in ML.NET's manner.</summary>
internal static class RowGuard
{
    /// <summary>A getter for a column as the type that the caller asks for.</summary>
    /// <exception cref="InvalidOperationException">The column's values have another type.</exception>
    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column)
        => getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected the type of column '{column.Name}': '{column.Type.RawType}'.");

    /// <summary>Refuses a column that the cursor was not asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    public static void CheckActive(DataViewRow row, DataViewSchema.Column column)
    {
        if (!row.IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"The column '{column.Name}' is not active in this cursor: ask for it when you open it.");
    }

    /// <summary>Refuses to read before the first row and after the last.</summary>
    /// <exception cref="InvalidOperationException">The cursor is not at a row.</exception>
    public static void CheckAtRow(long position)
    {
        if (position < 0)
            throw new InvalidOperationException("The cursor is not at a row: call MoveNext first, and stop when it returns false.");
    }
}

/// <summary>A row that can write a vector straight to where it is wanted, instead of into a buffer to copy from.</summary>
internal interface ISpanRow
{
    /// <summary>Such a getter for a column of dense vectors; null for another column.</summary>
    SpanGetter<T>? GetSpanGetter<T>(DataViewSchema.Column column);
}

/// <summary>Writes the present row's vector into memory of its length.</summary>
internal delegate void SpanGetter<T>(Span<T> values);

/// <summary>A view made of another one, row by row. What is not overridden is the other's.</summary>
/// <param name="source">The other view.</param>
internal abstract class WrappingView(IDataView source) : IDataView
{
    public virtual DataViewSchema Schema => source.Schema;

    public virtual bool CanShuffle => source.CanShuffle;

    public virtual long? GetRowCount() => source.GetRowCount();

    public virtual DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => Wrap(source.GetRowCursor(columnsNeeded, rand));

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [.. source.GetRowCursorSet(columnsNeeded, n, rand).Select(Wrap)];

    /// <summary>The cursor over the rows of a cursor of the other view.</summary>
    protected abstract DataViewRowCursor Wrap(DataViewRowCursor cursor);
}

/// <summary>A cursor over another one, which it disposes. What is not overridden is the other's.</summary>
/// <param name="source">The other cursor.</param>
internal abstract class WrappingCursor(DataViewRowCursor source) : DataViewRowCursor
{
    public override DataViewSchema Schema => source.Schema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    /// <summary>The other cursor.</summary>
    protected DataViewRowCursor Source => source;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}
