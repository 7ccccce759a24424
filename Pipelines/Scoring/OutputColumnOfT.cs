using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Pipelines.Scoring.Writers;

namespace OnnxAE.Pipelines.Scoring;

/// <summary>A column of vectors of numbers.</summary>
internal sealed class OutputColumn<T>(DataViewRow row, DataViewSchema.Column column) : OutputColumn
    where T : unmanaged, INumber<T>
{
    private readonly ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
    private VBuffer<T> values;

    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <inheritdoc/>
    public override void AppendTo(RowWriter writer)
    {
        get(ref values); // dense, as every output of a model is
        writer.Append(values.GetValues());
    }
}
