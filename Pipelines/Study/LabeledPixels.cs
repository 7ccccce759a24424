using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>Labelled images out of an ML.NET view, for training in TorchSharp.</summary>
internal static class LabeledPixels
{
    /// <summary>Reads the columns <c>Pixels</c> and <c>Label</c>.</summary>
    /// <param name="labeled">A view whose rows all have labels.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    /// <returns>Pixels row by row, and classes counted from 0.</returns>
    public static (float[] Pixels, long[] Labels) Read(IDataView labeled, CancellationToken cancellationToken)
    {
        var pixels = new List<float>();
        VectorColumn.ForEach(labeled, "Pixels", (_, row) => pixels.AddRange(row), cancellationToken);
        return ([.. pixels], [.. labeled.GetColumn<uint>("Label").Select(key => key - 1L)]); // keys start at 1
    }
}
