using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows whose value in a Single or Double column is at least the lower bound and below the upper; never NaN.</summary>
internal sealed class RangeFilter : FilterView
{
    private readonly DataViewSchema.Column _column;
    private readonly double _lower;
    private readonly double _upper;

    public RangeFilter(IDataView source, DataViewSchema.Column column, double lower, double upper)
        : base(source)
    {
        Contracts.CheckParam(column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double, "Column",
            $"Column '{column.Name}' does not have compatible type");
        _column = column;
        _lower = lower;
        _upper = upper;
    }

    protected override bool TestsRowsAlone => true;

    protected override bool IsTested(DataViewSchema.Column column) => column.Index == _column.Index;

    protected override DataViewRowCursor CreateCursor(DataViewRowCursor input, bool[] active) => new Cursor(this, input, active);

    public static Func<double> CreateReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type == NumberDataViewType.Single)
        {
            ValueGetter<float> getSingle = row.GetGetter<float>(column);
            float single = 0;
            return () =>
            {
                getSingle(ref single);
                return single;
            };
        }
        ValueGetter<double> getDouble = row.GetGetter<double>(column);
        double value = 0;
        return () =>
        {
            getDouble(ref value);
            return value;
        };
    }

    private sealed class Cursor(RangeFilter parent, DataViewRowCursor input, bool[] active) : CursorBase(input, active)
    {
        private readonly Func<double> _read = CreateReader(input, parent._column);

        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
            {
                double value = _read();
                // An upper bound that was not given is infinite, and then included.
                if (value >= parent._lower && (value < parent._upper || (double.IsPositiveInfinity(parent._upper) && value == parent._upper)))
                    return true;
            }
            return false;
        }
    }
}
