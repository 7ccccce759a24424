using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// Rows of a view of which only some may show their label; that of the others reads as missing. Rows are told by their ids, so
/// that a row is in or out whatever columns are active and in whatever order it comes. The schema stays as it is.
/// </summary>
/// <param name="source">The whole view.</param>
/// <param name="chosen">Ids of the rows that show their label.</param>
/// <param name="keepsChosen">True for a view of the chosen rows, false for one of the others, null for one of all.</param>
/// <param name="rowCount">Number of rows that remain.</param>
/// <param name="label">The label column.</param>
internal sealed class SliceView(IDataView source, HashSet<DataViewRowId> chosen, bool? keepsChosen, long? rowCount, LabelColumn label) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded, rand), chosen, keepsChosen, label);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [.. source.GetRowCursorSet(columnsNeeded, n, rand).Select(cursor => new Cursor(cursor, chosen, keepsChosen, label))];

    private sealed class Cursor(DataViewRowCursor source, HashSet<DataViewRowId> chosen, bool? keepsChosen, LabelColumn label) : WrappingCursor(source)
    {
        private readonly ValueGetter<DataViewRowId> _getId = source.GetIdGetter();
        private long _position = -1;
        private bool _isChosen;

        public override long Position => _position;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            RowGuard.CheckActive(this, column);
            return column.Index == label.Index && keepsChosen is not true
                ? RowGuard.Cast<TValue>(label.CreateHidingGetter(Source, () => !_isChosen), column)
                : Source.GetGetter<TValue>(column);
        }

        public override bool MoveNext()
        {
            DataViewRowId id = default;
            while (Source.MoveNext())
            {
                _getId(ref id);
                _isChosen = chosen.Contains(id);
                if (_isChosen != (keepsChosen ?? _isChosen))
                {
                    continue;
                }

                _position++;
                return true;
            }

            _position = -1;
            return false;
        }
    }
}
