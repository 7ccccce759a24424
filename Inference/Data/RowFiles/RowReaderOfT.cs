using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

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
            return null;
        int index = Array.FindIndex(Values, value => !T.IsFinite(value));
        return string.Create(CultureInfo.InvariantCulture, $"found {Values[index]} as value {index + 1}, expected a finite number");
    }
}
