using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>A table whose cursors have one fault each.</summary>
internal sealed class FaultyView(Table rows, FaultyView.Fault fault) : IDataView
{
    public enum Fault
    {
        None,
        IdsOfPositions,
        StartsOver,
        SharesBuffer,
        ForgetsLastRow,
        MixesColumns,
        SetRepeatsRows,
        TakesEveryColumn,
        CountsWrong,
    }

    public DataViewSchema Schema => rows.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => rows.GetRowCount() + (fault == Fault.CountsWrong ? 1 : 0);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(Open(fault == Fault.TakesEveryColumn ? Schema : columnsNeeded, rand), fault);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => fault == Fault.SetRepeatsRows
            ? [.. Enumerable.Range(0, n).Select(_ => GetRowCursor(columnsNeeded, rand))]
            : [GetRowCursor(columnsNeeded, rand)];

    private DataViewRowCursor Open(IEnumerable<DataViewSchema.Column> columns, Random? random)
        => (fault == Fault.ForgetsLastRow && columns.Count() < Schema.Count ? rows.Take(rows.Rows.Count - 1) : rows).GetRowCursor(columns, random);

    private sealed class Cursor(DataViewRowCursor rows, Fault fault) : DataViewRowCursor
    {
        private readonly float[] _shared = new float[SampleRow.Size];
        private int _ended;

        public override DataViewSchema Schema => rows.Schema;

        public override long Position => rows.Position;

        public override long Batch => rows.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => rows.IsColumnActive(column);

        public override bool MoveNext() => rows.MoveNext() || (fault == Fault.StartsOver && _ended++ > 0);

        public override ValueGetter<DataViewRowId> GetIdGetter() => fault == Fault.IdsOfPositions
            ? (ref DataViewRowId id) => id = new DataViewRowId((ulong)Position, 0)
            : rows.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<TValue> getter = rows.GetGetter<TValue>(column);
            if (fault == Fault.SharesBuffer && getter is ValueGetter<VBuffer<float>> vector)
            {
                return (ValueGetter<TValue>)(object)(ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Share(vector, ref value));
            }

            if (fault == Fault.MixesColumns && getter is ValueGetter<int> number && !Schema.All(IsColumnActive))
            {
                return (ValueGetter<TValue>)(object)(ValueGetter<int>)((ref int value) => Spoil(number, ref value));
            }

            return getter;
        }

        protected override void Dispose(bool disposing)
        {
            rows.Dispose();
            base.Dispose(disposing);
        }

        private static void Spoil(ValueGetter<int> getter, ref int value)
        {
            getter(ref value);
            value++;
        }

        private void Share(ValueGetter<VBuffer<float>> getter, ref VBuffer<float> value)
        {
            VBuffer<float> right = default;
            getter(ref right);
            right.CopyTo(_shared);
            value = new VBuffer<float>(_shared.Length, _shared);
        }
    }
}
