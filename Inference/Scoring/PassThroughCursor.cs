using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A cursor over the source's columns when nobody asks for the model's: the model isn't run, and nothing is read ahead.</summary>
internal sealed class PassThroughCursor(DataViewRowCursor source, OutputLayout layout) : DataViewRowCursor
{
    public override DataViewSchema Schema => layout.Schema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column)
        => layout.SourceOf(column) is >= 0 and int index && source.IsColumnActive(source.Schema[index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return source.GetGetter<TValue>(source.Schema[layout.SourceOf(column)]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}
