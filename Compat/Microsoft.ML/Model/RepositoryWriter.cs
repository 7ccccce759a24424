using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>
/// The zip archive that a model is saved to. Entries nest while they are written, which an archive does not allow:
/// each is held in memory and goes into the archive, in stock ML.NET's order, when it is closed.
/// </summary>
internal sealed class RepositoryWriter : IDisposable
{
    private const string CompatibleVersion = "5.0.0+OnnxAE.Compat";

    private readonly ZipArchive _archive;

    public RepositoryWriter(Stream stream)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using Stream version = CreateEntry("TrainingInfo", "Version.txt");
        using var writer = new StreamWriter(version);
        writer.WriteLine(CompatibleVersion);
    }

    /// <summary>Opens a new entry for writing and seeking; closing it stores it.</summary>
    public Stream CreateEntry(string dir, string name) => new Entry(this, ModelPath.Combine(dir, name));

    public void Dispose() => _archive.Dispose();

    private sealed class Entry(RepositoryWriter owner, string path) : MemoryStream
    {
        private bool _stored;

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_stored)
            {
                _stored = true;
                using Stream target = owner._archive.CreateEntry(path).Open();
                WriteTo(target);
            }
            base.Dispose(disposing);
        }
    }
}
