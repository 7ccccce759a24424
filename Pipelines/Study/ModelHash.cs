using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OnnxAE.Pipelines;

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
