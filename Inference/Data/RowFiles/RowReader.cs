using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Reads rows one after the other.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>Number of the present row, counted from 0; -1 before the first.</summary>
    public long Row { get; protected set; } = -1;

    /// <summary>Number of rows; null where the format doesn't say.</summary>
    public abstract long? RowCount { get; }

    /// <summary>The shape of a row in the file.</summary>
    public abstract IReadOnlyList<int> RowShape { get; }

    /// <summary>Where the present row is: a line, an offset or a file.</summary>
    public abstract string Place { get; }

    /// <summary>Why the present row can't be used; null where it can.</summary>
    public string? Fault { get; protected set; }

    /// <summary>Whether rows have names.</summary>
    public virtual bool HasNames => false;

    /// <summary>What the present row is called; null in formats without names.</summary>
    public virtual string? Name => null;

    /// <summary>The type of the values.</summary>
    public abstract PrimitiveDataViewType ValueType { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The file is damaged in a way that no row can be read any more.</exception>
    public abstract bool MoveNext();

    /// <summary>A cursor over the rows, which disposes the reader.</summary>
    public abstract DataViewRowCursor CreateCursor(RowFileView view, IEnumerable<DataViewSchema.Column> columnsNeeded);

    public abstract void Dispose();
}

/// <summary>Reads rows of one type of value.</summary>
/// <param name="rowSize">Values a row.</param>
internal abstract class RowReader<T>(int rowSize) : RowReader
    where T : unmanaged, INumber<T>
{
    /// <summary>The present row, where <see cref="RowReader.Fault"/> is null.</summary>
    public T[] Values { get; } = new T[rowSize];

    public override PrimitiveDataViewType ValueType { get; } =
        typeof(T) == typeof(byte) ? NumberDataViewType.Byte : typeof(T) == typeof(double) ? NumberDataViewType.Double : NumberDataViewType.Single;

    public override DataViewRowCursor CreateCursor(RowFileView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        => new RowFileCursor<T>(view, this, columnsNeeded);

    /// <summary>What is wrong with values that are not all finite numbers; null where they are.</summary>
    protected string? FindFault()
    {
        // The largest magnitude is not finite as soon as one value isn't.
        if (typeof(T) == typeof(byte) || Values.Length == 0 || T.IsFinite(TensorPrimitives.MaxMagnitude<T>(Values)))
        {
            return null;
        }

        int index = Array.FindIndex(Values, value => !T.IsFinite(value));
        return string.Create(CultureInfo.InvariantCulture, $"found {Values[index]} as value {index + 1}, expected a finite number");
    }
}
