using System.IO.Compression;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The zip archive that a model is loaded from.</summary>
internal sealed class RepositoryReader : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    public RepositoryReader(Stream stream)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in _archive.Entries)
                _entries[entry.FullName.Replace('\\', '/')] = entry; // archives written on Windows
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw Contracts.ExceptDecode("Failed to open a zip archive", e);
        }
    }

    /// <summary>Reads all entries below a folder, by their names from there on.</summary>
    public IReadOnlyDictionary<string, byte[]> ReadFolder(string dir)
    {
        string prefix = dir + "/";
        return _entries.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(path => path[prefix.Length..], path => OpenEntryOrNull(null, path).ToArray());
    }

    /// <summary>Reads a whole entry into memory, or returns null where there is none of that name.</summary>
    public MemoryStream OpenEntryOrNull(string dir, string name)
    {
        if (!_entries.TryGetValue(ModelPath.Combine(dir, name), out ZipArchiveEntry entry))
            return null;
        var content = new MemoryStream(); // grows with what is really there: the length in the archive is only a claim
        try
        {
            using Stream source = entry.Open();
            source.CopyTo(content);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Contracts.ExceptDecode($"Corrupt model file: entry {entry.FullName} cannot be read", e);
        }
        content.Position = 0;
        return content;
    }

    public MemoryStream OpenEntry(string dir, string name) =>
        OpenEntryOrNull(dir, name) ?? throw Contracts.Except($"Repository doesn't contain entry {ModelPath.Combine(dir, name)}");

    public void Dispose() => _archive.Dispose();
}
