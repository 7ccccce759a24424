using Microsoft.ML;

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
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"The column '{column.Name}' is not active in this cursor: ask for it when you open it.");
        }
    }

    /// <summary>Refuses to read before the first row and after the last.</summary>
    /// <exception cref="InvalidOperationException">The cursor is not at a row.</exception>
    public static void CheckAtRow(long position)
    {
        if (position < 0)
        {
            throw new InvalidOperationException("The cursor is not at a row: call MoveNext first, and stop when it returns false.");
        }
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
