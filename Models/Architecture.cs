using TorchSharp;

namespace OnnxAE.Models;

/// <summary>A row of the catalogue: a network, where it comes from, and how its source trains it.</summary>
/// <param name="Name">The name that commands and files use, such as <c>dense-30-denoise</c>.</param>
/// <param name="Source">The document that describes it.</param>
/// <param name="Description">One line for listings.</param>
/// <param name="DataSet">The data set it was made for, such as <c>fashion-mnist</c>.</param>
/// <param name="Layers">The widths in a line, such as <c>784-1000-500-30-500-1000-784</c>.</param>
/// <param name="Training">The settings that are used where the user gives none.</param>
/// <param name="Factory">Makes the network with new random weights.</param>
/// <param name="Kind">What <paramref name="Factory"/> makes.</param>
/// <param name="Tuned">Settings that get as far in at most half of the epochs; null where there are none.</param>
/// <param name="Alias">Another name for it, such as the source document's id <c>S3.denoise</c>; null where there is none.</param>
public sealed record Architecture(
    string Name,
    string Source,
    string Description,
    string DataSet,
    string Layers,
    TrainingDefaults Training,
    Func<EncoderNetwork> Factory,
    ArchitectureKind Kind = ArchitectureKind.Autoencoder,
    TrainingDefaults? Tuned = null,
    string? Alias = null)
{
    /// <summary>The name, and the alias if there is one.</summary>
    public IEnumerable<string> Names => Alias is null ? [Name] : [Name, Alias];

    /// <summary>Makes the autoencoder, its weights drawn from TorchSharp's global generator as it stands.</summary>
    /// <exception cref="InvalidOperationException">The row is a classifier.</exception>
    public Autoencoder Create() => RequireAutoencoder(CreateNetwork());

    /// <summary>Makes the autoencoder with the weights that belong to a seed; sets TorchSharp's global generator.</summary>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="InvalidOperationException">The row is a classifier.</exception>
    public Autoencoder Create(long seed) => RequireAutoencoder(CreateNetwork(seed));

    /// <summary>Makes the network, autoencoder or not, its weights drawn from TorchSharp's global generator as it stands.</summary>
    public EncoderNetwork CreateNetwork() => Factory();

    /// <summary>Makes the network, autoencoder or not, with the weights that belong to a seed; sets TorchSharp's global generator.</summary>
    /// <param name="seed">The same seed gives the same weights, where no other thread of the process draws or trains.</param>
    public EncoderNetwork CreateNetwork(long seed)
    {
        torch.manual_seed(seed);
        return Factory();
    }

    private Autoencoder RequireAutoencoder(EncoderNetwork network)
    {
        if (network is Autoencoder autoencoder)
        {
            return autoencoder;
        }

        network.Dispose();
        throw new InvalidOperationException($"'{Name}' is a classifier and has no decoder; choose an autoencoder ('onnxae models' lists them).");
    }
}

/// <summary>What a row of the catalogue makes.</summary>
public enum ArchitectureKind
{
    /// <summary>Encoder and decoder.</summary>
    Autoencoder,

    /// <summary>Encoder with means and variances, and decoder.</summary>
    VariationalAutoencoder,

    /// <summary>A classifier trained on labels, whose last hidden layer is read out as the code; it has no decoder.</summary>
    Classifier,
}
