using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Bench;

/// <summary>A node process that scores the same rows with onnxruntime-node, at the best setting that it finds; it sleeps in between.</summary>
internal sealed class NodePeer : IScorer
{
    /// <summary>What to say where it is missing.</summary>
    public const string HowToInstall =
        "onnxruntime-node was not found, so it is left out: npm ci --ignore-scripts --prefix Pipelines/Bench/Scoring/peer "
        + "brings it (or set ONNXAE_ONNXRUNTIME_NODE to its folder).";

    private const string Script = "onnxruntime_scoring.js";
    private const string PackageFolder = "Pipelines/Bench/Scoring/peer/node_modules/onnxruntime-node";

    private readonly Process process;
    private readonly string pixelFile = Path.GetTempFileName();

    private NodePeer(Process process) => this.process = process;

    /// <summary>The package's version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The setting that was found to be the best.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Starts the process; null where there is no node or no package.</summary>
    public static NodePeer? TryStart(ScoringData data)
    {
        if (FindPackage() is not { } package)
        {
            return null;
        }

        NodePeer peer;
        try
        {
            peer = new NodePeer(Process.Start(new ProcessStartInfo("node", ["-e", ReadScript(), "-", package])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            File.WriteAllBytes(peer.pixelFile, data.Images.Pixels.Span);
            peer.Version = peer.Ask(new { pixels = peer.pixelFile, width = data.Width }).GetProperty("version").GetString()!;
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Loads a model and looks for the best setting.</summary>
    public void Open(string model, IReadOnlyList<int> batches, int threads, int rows) =>
        Name = Ask(new { model = Path.GetFullPath(model), batches, threads, rows }).GetProperty("setting").GetString()!;

    /// <inheritdoc/>
    public double Score(int first, int count) => Ask(new { first, count }).GetProperty("seconds").GetDouble();

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close(); // ends its loop
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            process.Kill();
        }

        process.Dispose();
        File.Delete(pixelFile);
    }

    private JsonElement Ask(object request)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        process.StandardInput.Flush();
        string? line = process.StandardOutput.ReadLine();
        return line is null
            ? throw new InvalidOperationException("The node process ended early; its own message stands above.")
            : JsonSerializer.Deserialize<JsonElement>(line, JsonFile.Options);
    }

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

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(NodePeer).Assembly.GetManifestResourceStream(Script)!);
        return reader.ReadToEnd();
    }
}
