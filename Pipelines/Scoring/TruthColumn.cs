using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Pipelines.Scoring.Writers;

namespace OnnxAE.Pipelines.Scoring;

/// <summary>A column of vectors of truth values, written as 0 and 1.</summary>
internal sealed class TruthColumn(DataViewRow row, DataViewSchema.Column column) : OutputColumn
{
    private readonly ValueGetter<VBuffer<bool>> get = row.GetGetter<VBuffer<bool>>(column);
    private VBuffer<bool> values;

    /// <inheritdoc/>
    public override Type ValueType => typeof(byte);

    /// <inheritdoc/>
    public override void AppendTo(RowWriter writer)
    {
        get(ref values);
        writer.Append(MemoryMarshal.Cast<bool, byte>(values.GetValues()));
    }
}
