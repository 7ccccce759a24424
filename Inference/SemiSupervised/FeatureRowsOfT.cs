using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Reads vectors of one type of number.</summary>
internal sealed class FeatureRows<T>(DataViewSchema.Column column) : FeatureRows(column)
    where T : struct, INumberBase<T>
{
    public override Action Open(DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<T>> getValues = cursor.GetGetter<VBuffer<T>>(Column);
        VBuffer<T> buffer = default;
        T[] dense = new T[Packed.Dimension];
        double[] values = new double[Packed.Dimension];
        return () =>
        {
            getValues(ref buffer);
            buffer.CopyTo(dense);
            for (int i = 0; i < dense.Length; i++)
                values[i] = double.CreateSaturating(dense[i]);
            Packed.Add(values);
        };
    }
}
