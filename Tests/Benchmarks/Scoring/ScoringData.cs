using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Benchmarks;

/// <summary>The rows of the benchmark, as bytes for ML.NET and as floats for ONNX Runtime by itself.</summary>
/// <param name="images">The rows.</param>
/// <param name="ml">The context that the views are made in.</param>
internal sealed class ScoringData(RowSet images, MLContext ml)
{
    /// <summary>The encoders' input. Tensors and columns have the same names, on which stock ML.NET insists.</summary>
    public const string Pixels = "Pixels";

    /// <summary>The encoders' output.</summary>
    public const string Code = "Code";

    /// <summary>All pixels in [0, 1], [rows, pixels]; made beforehand, so that it is not timed.</summary>
    public float[] Floats { get; } = [.. Enumerable.Range(0, images.Count).SelectMany(images.ToArray)];

    /// <summary>Number of rows.</summary>
    public int Rows => images.Count;

    /// <summary>Pixels a row.</summary>
    public int Width => images.Size;

    /// <summary>A view of some rows.</summary>
    public IDataView View(int first, int count) => ml.Data.LoadFromRows(images.Slice(first, count));

    /// <summary>Writes an encoder with random weights.</summary>
    /// <returns>The file.</returns>
    public static string Export(Architecture architecture, string folder)
    {
        string path = Path.Combine(folder, $"{architecture.Name}.onnx");
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        OnnxExporter.Export(network.Encoder, [network.InputSize], path, new OnnxExportOptions
        {
            InputName = Pixels,
            OutputName = Code,
            Metadata = new Dictionary<string, string> { ["Image.NominalPixelRange"] = "Normalized_0_1" },
        });
        return path;
    }
}
