using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>Reads a vector column row by row through one buffer, as a scoring service would.</summary>
internal static class VectorColumn
{
    /// <summary>Hands out the vector of every row in order.</summary>
    /// <param name="view">Any view that has the column.</param>
    /// <param name="name">A vector of float.</param>
    /// <param name="use">Takes the row's index and its values, which are valid only during the call.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    /// <returns>The number of rows.</returns>
    public static int ForEach(IDataView view, string name, Action<int, ReadOnlySpan<float>> use, CancellationToken cancellationToken)
    {
        DataViewSchema.Column column = view.Schema[name];
        VBuffer<float> buffer = default;
        float[] dense = [];
        int row = 0;
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            getter(ref buffer);
            if (buffer.IsDense)
            {
                use(row++, buffer.GetValues());
                continue;
            }

            Array.Resize(ref dense, buffer.Length);
            buffer.CopyTo(dense);
            use(row++, dense);
        }

        return row;
    }
}
