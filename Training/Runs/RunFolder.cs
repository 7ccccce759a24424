using System.Security.Cryptography;
using System.Text.Json;

namespace OnnxAE.Training;

/// <summary>
/// A folder with all that a run gives. It is written under a temporary name beside its place and renamed as a whole by
/// <see cref="Commit(RunRecord)"/>, so there is never half a run; disposed without that, it leaves nothing.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>File name of the run's record.</summary>
    public const string RecordFile = "run.json";

    /// <summary>File name of the record for people.</summary>
    public const string ModelCardFile = "model-card.md";

    /// <summary>File name of the network's weights, in TorchSharp's format.</summary>
    public const string WeightsFile = "weights.dat";

    private bool _committed;

    private RunFolder(string path, string workingPath)
    {
        Path = path;
        WorkingPath = workingPath;
    }

    /// <summary>Where the run will be.</summary>
    public string Path { get; }

    /// <summary>Where files are written until then.</summary>
    public string WorkingPath { get; }

    /// <summary>Whether a folder holds a run.</summary>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, RecordFile));

    /// <summary>Starts a run folder.</summary>
    /// <param name="path">Its place: no folder yet, an empty one, or an earlier run.</param>
    /// <param name="replace">Whether an earlier run may be replaced; it stays untouched until <see cref="Commit(RunRecord)"/>.</param>
    /// <exception cref="IOException">The place is taken by something else; the message says by what, and what to do.</exception>
    public static RunFolder Create(string path, bool replace = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        CheckTarget(full, replace);
        string parent = System.IO.Path.GetDirectoryName(full)
            ?? throw new IOException($"'{full}' is a root folder; a run needs a folder of its own.");
        string working = System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(full)}.{System.IO.Path.GetRandomFileName()}.tmp");
        try
        {
            Directory.CreateDirectory(working);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"'{full}' can't be written: its folder takes no files from this user. Choose another place.", exception);
        }

        return new RunFolder(full, working);
    }

    /// <summary>The path at which to write one of the run's files.</summary>
    /// <param name="fileName">Its name, relative to the run.</param>
    public string PathOf(string fileName) => System.IO.Path.Combine(WorkingPath, fileName);

    /// <summary>Copies the files of a run, all but its record and its card, as a beginning for a new version of it.</summary>
    /// <param name="run">The run's folder.</param>
    public void CopyFrom(string run)
    {
        foreach (string file in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories))
        {
            string name = System.IO.Path.GetRelativePath(run, file);
            if (name is RecordFile or ModelCardFile)
            {
                continue;
            }

            string copy = PathOf(name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Writes <c>run.json</c> and <c>model-card.md</c> and puts the folder in its place.</summary>
    /// <param name="record">What the run was; the hashes of the files are filled in here.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="IOException">The place was taken in the meantime; nothing was changed.</exception>
    public RunRecord Commit(RunRecord record)
    {
        RunRecord complete = record;
        Commit(files => (complete = record with { Files = files }).ToJson(), ModelCard.Render(record));
        return complete;
    }

    /// <summary>The same for a run of another kind.</summary>
    /// <param name="render">Makes <c>run.json</c> of the hashes of the other files.</param>
    /// <param name="card">The record for people.</param>
    /// <exception cref="IOException">The place was taken in the meantime; nothing was changed.</exception>
    internal void Commit(Func<IReadOnlyDictionary<string, string>, string> render, string card)
    {
        ObjectDisposedException.ThrowIf(_committed, this);
        File.WriteAllText(PathOf(ModelCardFile), card);
        File.WriteAllText(PathOf(RecordFile), render(HashFiles(WorkingPath)));
        Swap();
        _committed = true;
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        if (!_committed && Directory.Exists(WorkingPath))
        {
            Directory.Delete(WorkingPath, recursive: true);
        }
    }

    // The earlier run is moved aside before the new one takes its place, and deleted only after that.
    private void Swap()
    {
        CheckTarget(Path, replace: true);
        string? aside = Directory.Exists(Path) ? $"{WorkingPath}.old" : null;
        if (aside is not null)
        {
            Directory.Move(Path, aside);
        }

        try
        {
            Directory.Move(WorkingPath, Path);
        }
        catch (IOException) when (aside is not null)
        {
            Directory.Move(aside, Path);
            throw;
        }

        if (aside is not null)
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static void CheckTarget(string path, bool replace)
    {
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' is a file; a run needs a folder. Choose another place.");
        }

        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any())
        {
            return;
        }

        string? foreign;
        try
        {
            foreign = FindForeign(path);
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new IOException($"'{path}' is not empty and holds no earlier run. Choose another folder, or empty this one.", exception);
        }

        if (foreign is not null)
        {
            throw new IOException($"'{path}' holds '{foreign}' beside an earlier run; it would be lost. Move it away, or choose another folder.");
        }

        if (!replace)
        {
            throw new IOException($"'{path}' holds an earlier run. Choose another folder, or move that one away.");
        }
    }

    // SHA-256 of every file, by name in ordinal order.
    private static SortedDictionary<string, string> HashFiles(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(file);
            hashes.Add(Name(folder, file), Convert.ToHexStringLower(SHA256.HashData(stream)));
        }

        return hashes;
    }

    // A file that the run didn't write, or null.
    private static string? FindForeign(string folder)
    {
        RunRecord record = RunRecord.Load(folder);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Name(folder, file))
            .FirstOrDefault(name => name != RecordFile && !record.Files.ContainsKey(name));
    }

    private static string Name(string folder, string file) => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/');
}
