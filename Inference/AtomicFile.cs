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
