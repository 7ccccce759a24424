using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A row for each class: its key, and a vector that is 1 in the class's place and 0 elsewhere.</summary>
internal sealed class OneHotView : IDataView
{
    private const int LabelIndex = 0;

    /// <param name="label">The label that the keys, and what they stand for, are taken from: a key of type UInt32.</param>
    /// <param name="vector">What the vectors are to be called, and of which type; the type tells their dimensions.</param>
    public OneHotView(DataViewSchema.Column label, DataViewSchema.Column vector)
    {
        ClassCount = checked((int)((KeyDataViewType)label.Type).Count);
        DataViewSchema.Builder schema = new();
        schema.AddColumn(label.Name, label.Type, label.Annotations);
        schema.AddColumn(vector.Name, vector.Type);
        Schema = schema.ToSchema();
    }

    /// <summary>Number of rows, and length of the vectors.</summary>
    public int ClassCount { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => ClassCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(OneHotView view, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. columnsNeeded.Select(c => c.Index)];
        private long _position = -1;
        private bool _isAtEnd;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override bool MoveNext()
        {
            _isAtEnd |= _position + 1 >= view.ClassCount;
            _position = _isAtEnd ? -1 : _position + 1;
            return !_isAtEnd;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            RowGuard.CheckAtRow(_position);
            id = new DataViewRowId((ulong)_position, 0);
        };

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            RowGuard.CheckActive(this, column);
            Delegate getter = column.Index == LabelIndex ? (ValueGetter<uint>)GetKey : (ValueGetter<VBuffer<float>>)GetVector;
            return RowGuard.Cast<TValue>(getter, column);
        }

        private void GetKey(ref uint key)
        {
            RowGuard.CheckAtRow(_position);
            key = (uint)_position + 1; // keys count from 1
        }

        private void GetVector(ref VBuffer<float> vector)
        {
            RowGuard.CheckAtRow(_position);
            VBufferEditor<float> editor = VBufferEditor.Create(ref vector, view.ClassCount);
            editor.Values.Clear();
            editor.Values[(int)_position] = 1;
            vector = editor.Commit();
        }
    }
}
