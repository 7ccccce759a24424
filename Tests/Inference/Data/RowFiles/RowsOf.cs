using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>Reads whole files.</summary>
internal static class RowsOf
{
    public static readonly MLContext Context = new(seed: 1);

    public static IDataView View(string path, params int[] shape) => Context.Data.LoadFromRowFile(path, new RowFileOptions { RowShape = shape });

    public static T[][] File<T>(string path, params int[] shape) => View<T>(View(path, shape));

    public static T[][] View<T>(IDataView view) => [.. view.GetColumn<T[]>("Values")];

    public static float[][] Bad(string path, BadRowHandling handling, List<BadRow> found, params int[] shape)
        => View<float>(Context.Data.LoadFromRowFile(path, new RowFileOptions
        {
            RowShape = shape,
            OnBadRow = handling,
            BadRowFound = found.Add,
            Bytes = BytePixels.Raw,
        }));
}
