using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>Reads columns of a row.</summary>
internal sealed class RowReader
{
    private readonly DataViewRow _row;
    private readonly Func<object>?[] _readers;
    private readonly ValueGetter<DataViewRowId> _getId;

    /// <summary>Reads all active columns.</summary>
    public RowReader(DataViewRow row)
        : this(row, row.Schema.Where(row.IsColumnActive))
    {
    }

    /// <summary>Reads some active columns.</summary>
    public RowReader(DataViewRow row, IEnumerable<DataViewSchema.Column> columns)
    {
        _row = row;
        _readers = new Func<object>?[row.Schema.Count];
        foreach (DataViewSchema.Column column in columns)
        {
            _readers[column.Index] = ColumnValues.CreateReader(row, column);
        }

        _getId = row.GetIdGetter();
    }

    public ReadRow Read()
    {
        DataViewRowId id = default;
        _getId(ref id);
        return new ReadRow(_row.Position, _row.Batch, id, [.. _readers.Select(read => read?.Invoke())]);
    }
}
