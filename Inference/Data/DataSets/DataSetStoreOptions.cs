namespace OnnxAE.Inference;

/// <summary>Where a <see cref="DataSetStore"/> looks. The defaults are this machine's; tests give their own.</summary>
public sealed record DataSetStoreOptions
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
            return home;
        if (environment(XdgVariable) is { Length: > 0 } xdg)
            return Path.Combine(xdg, "onnxae");
        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "onnxae");
    }
}

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file on its way.</param>
/// <param name="BytesReceived">Bytes received of it so far.</param>
/// <param name="TotalBytes">Bytes to receive, or null where the server doesn't say.</param>
public readonly record struct DataSetProgress(string File, long BytesReceived, long? TotalBytes);
