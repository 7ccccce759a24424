using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>One column to normalize, and how.</summary>
internal abstract record NormalizerOptions(string OutputColumnName, string InputColumnName, long MaximumExampleCount)
{
    /// <summary>Learns the function from the first <see cref="MaximumExampleCount"/> rows.</summary>
    public NormalizerFunction Train(IDataView data)
    {
        DataViewSchema.Column column = data.Schema.GetColumnOrNull(InputColumnName)
            ?? throw Contracts.ExceptSchemaMismatch(nameof(data), "input", InputColumnName);
        DataViewType item = column.Type.GetItemType();
        bool isKnown = column.Type is not VectorDataViewType || column.Type.IsKnownSizeVector();
        if (isKnown && item == NumberDataViewType.Single)
            return Train<float>(data, column);
        if (isKnown && item == NumberDataViewType.Double)
            return Train<double>(data, column);
        throw Contracts.ExceptParam("srcType",
            $"Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {column.Type}.");
    }

    protected abstract NormalizerFunction Train<T>(int slotCount, bool isVector, Action<ISlotStatistics<T>> addRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private NormalizerFunction Train<T>(IDataView data, DataViewSchema.Column column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isVector = column.Type is VectorDataViewType;
        return Train<T>(column.Type.GetValueCount(), isVector, statistics =>
        {
            using DataViewRowCursor cursor = data.GetRowCursor([column]);
            Action add = isVector ? AddVectors(cursor, column, statistics) : AddScalars(cursor, column, statistics);
            for (long row = 0; row < MaximumExampleCount && cursor.MoveNext(); row++)
            {
                statistics.AddRow();
                add();
            }
            statistics.Finish();
        });
    }

    private static Action AddScalars<T>(DataViewRowCursor row, DataViewSchema.Column column, ISlotStatistics<T> statistics)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            statistics.Add(0, value);
        };
    }

    private static Action AddVectors<T>(DataViewRowCursor row, DataViewSchema.Column column, ISlotStatistics<T> statistics)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            ReadOnlySpan<T> values = value.GetValues();
            ReadOnlySpan<int> slots = value.GetIndices();
            for (int i = 0; i < values.Length; i++)
                statistics.Add(value.IsDense ? i : slots[i], values[i]);
        };
    }
}
