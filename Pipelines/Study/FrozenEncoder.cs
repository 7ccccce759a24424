using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A trained encoder as the experiment finds it: a run, or an ONNX file alone.</summary>
/// <param name="Name">For people, of its own in the experiment.</param>
/// <param name="CodeFile">Pixels to codes.</param>
internal sealed record FrozenEncoder(string Name, string CodeFile)
{
    /// <summary>Pixels to the layer before the code; null where there is no such file.</summary>
    public string? MapFile { get; init; }

    /// <summary>The layer that the semi-supervised arms stand on.</summary>
    public FeatureLayer Layer { get; init; }

    /// <summary>Whether the other layer gets a linear head too.</summary>
    public bool ShowsBothLayers { get; init; }

    /// <summary>The run; null for a file.</summary>
    public string? RunFolder { get; init; }

    /// <summary>The run's row in the catalogue; null for a file.</summary>
    public Architecture? Architecture { get; init; }

    /// <summary>How the images were changed in its training; null for not at all.</summary>
    public ICorruption? Corruption { get; init; }

    /// <summary>What its training took.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>SHA-256 of the run's weights.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>The file of a layer.</summary>
    public string FileOf(FeatureLayer layer) => layer == FeatureLayer.Map ? MapFile ?? CodeFile : CodeFile;
}
