using System.Diagnostics;

namespace OnnxAE.Pipelines.Bench;

/// <summary>A node process that scores the same rows with onnxruntime-node, at the best setting that it finds.</summary>
internal sealed class NodePeer : IScorer
{
    /// <summary>What to say where it is missing.</summary>
    public const string HowToInstall =
        "onnxruntime-node was not found, so it is left out: npm ci --ignore-scripts --prefix Pipelines/Bench/Scoring/peer "
        + "brings it (or set ONNXAE_ONNXRUNTIME_NODE to its folder).";

    private const string Script = "onnxruntime_scoring.js";
    private const string PackageFolder = "Pipelines/Bench/Scoring/peer/node_modules/onnxruntime-node";

    private readonly PeerProcess process;

    private NodePeer(PeerProcess process) => this.process = process;

    /// <summary>The package's version.</summary>
    public string Version => process.Version;

    /// <summary>The setting that was found to be the best.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Starts the process; null where there is no node or no package.</summary>
    /// <param name="data">The rows; their bytes go over in a temporary file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static NodePeer? TryStart(ScoringData data, CancellationToken cancellationToken)
    {
        if (FindPackage() is not { } package)
        {
            return null;
        }

        var process = PeerProcess.TryStart(
            "node",
            new ProcessStartInfo("node", ["-e", PeerProcess.ReadScript(Script), "-", package]),
            data.Images.Pixels.Span,
            pixels => new { pixels, width = data.Width },
            cancellationToken);
        return process is null ? null : new NodePeer(process);
    }

    /// <summary>Loads a model and looks for the best setting.</summary>
    public void Open(string model, IReadOnlyList<int> batches, int threads, int rows) =>
        Name = process.Ask(new { model = Path.GetFullPath(model), batches, threads, rows }).GetProperty("setting").GetString()!;

    /// <inheritdoc/>
    public double Score(int first, int count) => process.Ask(new { first, count }).GetProperty("seconds").GetDouble();

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private static string? FindPackage()
    {
        if (Environment.GetEnvironmentVariable("ONNXAE_ONNXRUNTIME_NODE") is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        // From where the program is up to the folder that holds the sources.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string package = Path.Combine(folder.FullName, PackageFolder);
            if (Directory.Exists(package))
            {
                return package;
            }
        }

        return null;
    }
}
