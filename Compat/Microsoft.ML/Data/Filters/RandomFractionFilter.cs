using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A random part of the rows, or the rest of them: each row draws a number, and so falls on the same side in every pass.</summary>
internal sealed class RandomFractionFilter(IDataView source, double fraction, bool complement, uint seed) : FilterView(source)
{
    public override bool CanShuffle => false;

    protected override DataViewRowCursor CreateCursor(DataViewRowCursor input, bool[] active) =>
        new Cursor(input, active, fraction, complement, new HybridTaus(seed));

    private sealed class Cursor(DataViewRowCursor input, bool[] active, double fraction, bool complement, HybridTaus random)
        : CursorBase(input, active)
    {
        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
            {
                if (random.NextSingle() < fraction != complement)
                    return true;
            }
            return false;
        }
    }
}
