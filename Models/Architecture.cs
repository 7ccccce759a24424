using TorchSharp;

namespace OnnxAE.Models;

/// <summary>A row of the catalogue: a network, where it comes from, and how its source trains it.</summary>
/// <param name="Id">The name that commands and files use, such as <c>S3.denoise</c>.</param>
/// <param name="Source">The document that describes it.</param>
/// <param name="Description">One line for listings.</param>
/// <param name="DataSet">The data set it was made for, such as <c>fashion-mnist</c>.</param>
/// <param name="Layers">The widths in a line, such as <c>784-1000-500-30-500-1000-784</c>.</param>
/// <param name="Training">The settings that are used where the user gives none.</param>
/// <param name="Factory">Makes the network with new random weights.</param>
public sealed record Architecture(
    string Id, string Source, string Description, string DataSet, string Layers, TrainingDefaults Training, Func<Autoencoder> Factory)
{
    /// <summary>Makes the network, its weights drawn from TorchSharp's global generator as it stands.</summary>
    public Autoencoder Create() => Factory();

    /// <summary>Makes the network with the weights that belong to a seed; sets TorchSharp's global generator.</summary>
    /// <param name="seed">The same seed gives the same weights.</param>
    public Autoencoder Create(long seed)
    {
        torch.manual_seed(seed);
        return Factory();
    }
}
