using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OnnxAE.Inference.Data;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Bench;

/// <summary>A Python process that trains the same networks in PyTorch, one epoch when asked.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    /// <summary>What to say where PyTorch is missing.</summary>
    public const string HowToInstall =
        "PyTorch was not found, so there is nothing to compare with: apt-get install -y --no-install-recommends python3-torch python3-numpy "
        + "brings the one that shares this program's libtorch (or set ONNXAE_PYTHON to a Python that has PyTorch).";

    private const string Script = "pytorch_training.py";

    private readonly PeerProcess process;

    private PyTorchPeer(PeerProcess process) => this.process = process;

    /// <summary>PyTorch's own version.</summary>
    public string Version => process.Version;

    /// <summary>Starts the process; null where no Python with PyTorch answers.</summary>
    /// <param name="images">What it trains on; its bytes go over in a temporary file.</param>
    /// <param name="threads">Threads of PyTorch and of the matrix library below it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static PyTorchPeer? TryStart(ImageSet images, int threads, CancellationToken cancellationToken)
    {
        if (FindPython() is not { } python)
        {
            return null;
        }

        var start = new ProcessStartInfo(python, ["-c", PeerProcess.ReadScript(Script)]);
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment.TryAdd("OMP_WAIT_POLICY", "passive"); // as ours has it
        var process = PeerProcess.TryStart("PyTorch", start, images.Pixels.Span, pixels => new { threads, pixels, count = images.Count }, cancellationToken);
        return process is null ? null : new PyTorchPeer(process);
    }

    /// <summary>Makes a network with new weights; returns its number of parameters.</summary>
    /// <param name="architecture">One of the script's networks.</param>
    /// <param name="options">Batch size, loss, optimizer and its rate.</param>
    public long Create(Architecture architecture, TrainingOptions options) => process.Ask(new
    {
        model = architecture.Name,
        batch = options.BatchSize,
        loss = architecture.Training.Objective,
        optimizer = architecture.Training.Optimizer.ToString(),
        rate = options.LearningRate,
    }).GetProperty("parameters").GetInt64();

    /// <summary>Trains for one pass over the images; returns the seconds that it took, on the clock and on all processors together.</summary>
    public (double Seconds, double Processor) TrainEpoch()
    {
        JsonElement answer = process.Ask(new { epoch = true });
        return (answer.GetProperty("seconds").GetDouble(), answer.GetProperty("processor").GetDouble());
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

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
}
