namespace Microsoft.ML.Data;

/// <summary>A cursor with one row for each row of its input: position, batch and identity are the input's.</summary>
internal abstract class SynchronizedCursorBase(DataViewRowCursor input) : DataViewRowCursor
{
    public sealed override long Position => Input.Position;

    public sealed override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; } = input;

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public sealed override bool MoveNext() => Input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }
}
