namespace Microsoft.ML.Data;

/// <summary>A run of rows: some are skipped, then some are taken.</summary>
internal sealed class SkipTakeFilter(IDataView source, long skip, long take) : FilterView(source)
{
    public override bool CanShuffle => false;

    public override long? GetRowCount() =>
        Source.GetRowCount() is long count ? Math.Min(Math.Max(0, count - skip), take) : null;

    protected override DataViewRowCursor CreateCursor(DataViewRowCursor input, bool[] active) => new Cursor(input, active, skip, take);

    private sealed class Cursor(DataViewRowCursor input, bool[] active, long skip, long take) : CursorBase(input, active)
    {
        protected override bool MoveNextCore()
        {
            for (; skip > 0; skip--)
            {
                if (!Input.MoveNext())
                    return false;
            }
            return take-- > 0 && Input.MoveNext();
        }
    }
}
