using System.Security.Cryptography;
using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>A run's network, out of its weights.</summary>
public static class RunWeights
{
    /// <summary>Makes the autoencoder of a run and loads its weights, once they prove to be those that the run wrote.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="catalog">Where the network's row is; null for <see cref="ModelCatalog.BuiltIn"/>.</param>
    /// <exception cref="FileNotFoundException">The folder is no run, or has no weights.</exception>
    /// <exception cref="InvalidDataException">The weights are not the run's own, damaged or exchanged, or the run is a classifier's.</exception>
    /// <exception cref="System.Text.Json.JsonException">The run's record is damaged.</exception>
    /// <exception cref="ArgumentException">The record names an architecture that the catalogue lacks.</exception>
    public static Autoencoder Load(string folder, ModelCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        RunRecord record = RunRecord.Load(folder);
        EncoderNetwork network = LoadNetwork(folder, record, catalog);
        if (network is Autoencoder autoencoder)
        {
            return autoencoder;
        }

        network.Dispose();
        throw new InvalidDataException($"The run '{folder}' is of the classifier {record.Model.Architecture}, which has no decoder; an autoencoder's run is needed.");
    }

    /// <summary>The same for a network of any kind.</summary>
    internal static EncoderNetwork LoadNetwork(string folder, RunRecord record, ModelCatalog? catalog = null)
    {
        string path = Path.Combine(folder, RunFolder.WeightsFile);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The run '{folder}' has no {RunFolder.WeightsFile}.", path);
        }

        RequireHash(path, record); // first of all: TorchSharp's reader trusts what a file says of its lengths
        EncoderNetwork model = record.Model.Find(catalog).CreateNetwork(seed: 1);
        model.load(path);
        return model;
    }

    private static void RequireHash(string path, RunRecord record)
    {
        using FileStream stream = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (!record.Files.TryGetValue(RunFolder.WeightsFile, out string? expected) || hash != expected)
        {
            throw new InvalidDataException($"'{path}' is not the file that the run wrote: its SHA-256 is {hash}, the record says {expected ?? "nothing of it"}.");
        }
    }
}
