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
