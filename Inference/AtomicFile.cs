using System.Formats.Tar;

namespace OnnxAE.Inference;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the target under a temporary name, then renames; an existing file is replaced at that moment. A device,
    /// a named pipe and their like (<see cref="SpecialFile"/>) are written to as they are.
    /// </summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Ends the wait for one who reads the pipe that the target is; the writing itself ends as it likes.</param>
    /// <exception cref="IOException">The path is a folder, its folder takes no files, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write, CancellationToken cancellationToken = default)
    {
        string full = Path.GetFullPath(path);
        if (SpecialFile.Is(full))
        {
            Task<FileStream> opening = Task.Run(() => new FileStream(full, FileMode.Open, FileAccess.Write), CancellationToken.None);
            using FileStream special = opening.WaitAsync(cancellationToken).GetAwaiter().GetResult();
            write(special);
            return;
        }

        if (Directory.Exists(full))
        {
            throw new IOException($"'{path}' is a folder, expected the name of a file to write.");
        }

        string temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        FileStream created = Create(temporary, path);
        try
        {
            using (FileStream stream = created)
            {
                write(stream);
                stream.Flush(flushToDisk: true); // else a power cut could keep the new name and lose what is in it
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // nothing there after a rename
        }
    }

    // The system's own words would name the temporary file, which nobody asked for.
    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"'{path}' can't be written: its folder is not there or takes no files from this user. Choose another place.", exception);
        }
    }
}

/// <summary>
/// Tells devices, pipes and sockets from files. They are written to as they are, since to rename would put a file in their
/// place, and are read once.
/// </summary>
internal static class SpecialFile
{
    private const int NoKindForTar = unchecked((int)0x80131620); // an IOException's own number, which no error of the system has

    private static readonly string[] Streams = ["/dev/stdin", "/dev/stdout", "/dev/stderr"];
    private static readonly string[] StreamFolders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Whether there is something of this name that is neither a file nor a folder, or the name is that of an open stream, whatever it leads to.</summary>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        FileSystemInfo file = new FileInfo(path);
        if (Streams.Contains(file.FullName) || StreamFolders.Any(folder => file.FullName.StartsWith(folder, StringComparison.Ordinal)))
        {
            return true;
        }

        try
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return file is FileInfo { Exists: true, Length: 0 } && !IsRegular(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.HResult == NoKindForTar;
        }
    }

    // Of .NET's public types only those for archives tell the kind of a file, and they do so without opening one that is special:
    // to open a pipe would wait for its other end. A file without content costs them a header.
    private static bool IsRegular(string path)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(path, "file");
        }

        archive.Position = 0;
        using TarReader reader = new(archive);
        return reader.GetNextEntry() is { EntryType: TarEntryType.RegularFile };
    }
}
