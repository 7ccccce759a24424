using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>
/// A pipeline as its users meet it: fitted, saved as .zip, loaded again. Every figure of this program is measured on
/// what was loaded, so that a figure cannot be better than the file.
/// </summary>
internal static class SavedPipeline
{
    /// <summary>Fits, saves and loads.</summary>
    /// <param name="ml">The context to load with.</param>
    /// <param name="estimator">The pipeline.</param>
    /// <param name="data">What it is fitted to.</param>
    /// <param name="path">Where the .zip goes; replaced if it is there.</param>
    public static ITransformer Create(MLContext ml, IEstimator<ITransformer> estimator, IDataView data, string path)
    {
        ITransformer fitted = estimator.Fit(data);
        ml.Model.Save(fitted, data.Schema, path);
        (fitted as IDisposable)?.Dispose();
        return ml.Model.LoadWithBatchedOnnx(path, out _);
    }
}

/// <summary>A file that a step needs only for itself.</summary>
internal sealed class TemporaryFile(string path) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}

/// <summary>One name for a model: SHA-256 of what it holds.</summary>
internal static class ModelHash
{
    /// <summary>Of a file's bytes.</summary>
    public static string OfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Of an archive's entries, their names and contents: the times that they were written at are left out.</summary>
    public static string OfArchive(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ZipArchiveEntry entry in archive.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(entry.FullName));
            using Stream stream = entry.Open();
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
