namespace Microsoft.ML.Data;

/// <summary>The rows whose position, as <see cref="SamplingKey"/> has it, passes a test.</summary>
internal sealed class SamplingKeyFilter(
    IDataView source, DataViewSchema.Column column, Func<DataViewRow, Func<double>> createReader, Predicate<double> passes) : FilterView(source)
{
    protected override bool TestsRowsAlone => true;

    protected override bool IsTested(DataViewSchema.Column other) => other.Index == column.Index;

    protected override DataViewRowCursor CreateCursor(DataViewRowCursor input, bool[] active) => new Cursor(input, active, createReader(input), passes);

    private sealed class Cursor(DataViewRowCursor input, bool[] active, Func<double> read, Predicate<double> passes) : CursorBase(input, active)
    {
        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
            {
                if (passes(read()))
                    return true;
            }
            return false;
        }
    }
}
