using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Demo;

/// <summary>What training leaves.</summary>
/// <param name="Architecture">The catalogue's row.</param>
/// <param name="Model">The network, trained.</param>
/// <param name="Options">How it was trained.</param>
/// <param name="History">The losses.</param>
internal sealed record TrainedModel(Architecture Architecture, Autoencoder Model, TrainingOptions Options, TrainingHistory History) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
