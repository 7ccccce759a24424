using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>The network of a run.</summary>
/// <param name="Architecture">Its id in the catalogue.</param>
/// <param name="Layers">Its widths in a line.</param>
/// <param name="InputSize">Pixels a picture.</param>
/// <param name="CodeSize">Numbers a code.</param>
/// <param name="Parameters">Numbers that training changes.</param>
/// <param name="WeightsHash">SHA-256 of the trained weights, as <see cref="ModuleWeights.Hash"/> gives it.</param>
public sealed record RunModel(string Architecture, string Layers, int InputSize, int CodeSize, long Parameters, string WeightsHash)
{
    /// <summary>Describes a network as it is now.</summary>
    /// <param name="architecture">Its row in the catalogue.</param>
    /// <param name="model">The network.</param>
    public static RunModel Describe(Architecture architecture, EncoderNetwork model)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(model);
        return new RunModel(
            architecture.Name, architecture.Layers, model.InputSize, model.CodeSize, ModuleWeights.Count(model), ModuleWeights.Hash(model));
    }
}
