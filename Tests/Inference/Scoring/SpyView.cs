using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests;

/// <summary>A view that notes which columns are asked for and how many rows are read.</summary>
internal sealed class SpyView(IDataView source) : IDataView
{
    public HashSet<string> Asked { get; } = [];

    public int RowsRead { get; private set; }

    public int Disposed { get; private set; }

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        List<DataViewSchema.Column> columns = [.. columnsNeeded];
        Asked.UnionWith(columns.Select(c => c.Name));
        return new Cursor(this, source.GetRowCursor(columns, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(SpyView view, DataViewRowCursor source) : DataViewRowCursor
    {
        public override DataViewSchema Schema => source.Schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => source.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            bool moved = source.MoveNext();
            view.RowsRead += moved ? 1 : 0;
            return moved;
        }

        protected override void Dispose(bool disposing)
        {
            view.Disposed++;
            source.Dispose();
            base.Dispose(disposing);
        }
    }
}
