using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A cursor over another one, which it disposes. What is not overridden is the other's.</summary>
/// <param name="source">The other cursor.</param>
internal abstract class WrappingCursor(DataViewRowCursor source) : DataViewRowCursor
{
    public override DataViewSchema Schema => source.Schema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    /// <summary>The other cursor.</summary>
    protected DataViewRowCursor Source => source;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
