using System.Security.Cryptography;

namespace OnnxAE.Training;

/// <summary>The files of a run folder against the list in its record.</summary>
internal static class RunFiles
{
    /// <summary>SHA-256 of every file, by name in ordinal order.</summary>
    public static SortedDictionary<string, string> Hash(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(file);
            hashes.Add(Name(folder, file), Convert.ToHexStringLower(SHA256.HashData(stream)));
        }

        return hashes;
    }

    /// <summary>A file or folder that the run didn't write, or null.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no record.</exception>
    /// <exception cref="System.Text.Json.JsonException">The record is none of ours.</exception>
    public static string? FindForeign(string folder)
    {
        RunRecord record = RunRecord.Load(Path.Combine(folder, RunFolder.RecordFile));
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Name(folder, file))
            .FirstOrDefault(name => name != RunFolder.RecordFile && !record.Files.ContainsKey(name));
    }

    private static string Name(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
