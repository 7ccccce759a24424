using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OnnxAE.Inference.Data;
using OnnxAE.Models;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Bench;

/// <summary>A Python process that trains the same networks in PyTorch, one epoch when asked; it sleeps in between.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    /// <summary>What to say where PyTorch is missing.</summary>
    public const string HowToInstall =
        "PyTorch was not found, so there is nothing to compare with: apt-get install -y --no-install-recommends python3-torch python3-numpy "
        + "brings the one that shares this program's libtorch (or set ONNXAE_PYTHON to a Python that has PyTorch).";

    private const string Script = "pytorch_training.py";

    private readonly Process process;
    private readonly string pixelFile;

    private PyTorchPeer(Process process, string pixelFile)
    {
        this.process = process;
        this.pixelFile = pixelFile;
    }

    /// <summary>PyTorch's own version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Starts the process; null where no Python with PyTorch answers.</summary>
    /// <param name="images">What it trains on; its bytes go over in a temporary file.</param>
    /// <param name="threads">Threads of PyTorch and of the matrix library below it.</param>
    public static PyTorchPeer? TryStart(ImageSet images, int threads)
    {
        string? python = FindPython();
        if (python is null)
        {
            return null;
        }

        string pixelFile = Path.GetTempFileName();
        File.WriteAllBytes(pixelFile, images.Pixels.Span);
        var start = new ProcessStartInfo(python, ["-c", ReadScript()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment.TryAdd("OMP_WAIT_POLICY", "passive"); // as ours has it
        var peer = new PyTorchPeer(Process.Start(start)!, pixelFile);
        try
        {
            peer.Version = peer.Ask(new { threads, pixels = pixelFile, count = images.Count }).GetProperty("version").GetString()!;
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Makes a network with new weights; returns its number of parameters.</summary>
    /// <param name="architecture">One of the script's networks.</param>
    /// <param name="options">Batch size, loss, optimizer and its rate.</param>
    public long Create(Architecture architecture, TrainingOptions options) => Ask(new
    {
        model = architecture.Id,
        batch = options.BatchSize,
        loss = architecture.Training.Objective,
        optimizer = architecture.Training.Optimizer.ToString(),
        rate = options.LearningRate,
    }).GetProperty("parameters").GetInt64();

    /// <summary>Trains for one pass over the images; returns the seconds that it took, on the clock and on all processors together.</summary>
    public (double Seconds, double Processor) TrainEpoch()
    {
        JsonElement answer = Ask(new { epoch = true });
        return (answer.GetProperty("seconds").GetDouble(), answer.GetProperty("processor").GetDouble());
    }

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
            ? throw new InvalidOperationException("The PyTorch process ended early; its own message stands above.")
            : JsonSerializer.Deserialize<JsonElement>(line, JsonFile.Options);
    }

    // The system's Python first: Debian's PyTorch belongs to it, whatever else comes first on the path.
    private static string? FindPython()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("ONNXAE_PYTHON"), "/usr/bin/python3", "python3"];
        return candidates.FirstOrDefault(python => !string.IsNullOrEmpty(python) && HasTorch(python));
    }

    private static bool HasTorch(string python)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!;
            probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(PyTorchPeer).Assembly.GetManifestResourceStream(Script)!);
        return reader.ReadToEnd();
    }
}
