using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Benchmarks;

/// <summary>A Python process that trains the same network in PyTorch, one epoch when asked; it sleeps in between.</summary>
/// <remarks>It has this process's environment: memory and OpenMP's threads are set alike.</remarks>
internal sealed class PyTorchPeer : IDisposable
{
    /// <summary>What to say where PyTorch is missing.</summary>
    public const string HowToInstall =
        "PyTorch was not found, so there is nothing to compare with: apt-get install -y --no-install-recommends python3-torch python3-numpy libopenblas0-pthread "
        + "brings Debian's (or set ONNXAE_PYTHON to a Python that has PyTorch).";

    private readonly Process _process;

    private PyTorchPeer(Process process) => _process = process;

    /// <summary>PyTorch's own version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The network's number of parameters.</summary>
    public long Parameters { get; private set; }

    /// <summary>Starts the process; null where no Python with PyTorch answers.</summary>
    /// <param name="architecture">One of the script's networks.</param>
    /// <param name="options">Batch size, and the optimizer's rate.</param>
    /// <param name="images">What it trains on.</param>
    /// <param name="threads">Threads of PyTorch and of the matrix library below it.</param>
    public static PyTorchPeer? TryStart(Architecture architecture, TrainingOptions options, RowSet images, int threads)
    {
        // The system's Python first: Debian's PyTorch belongs to it, whatever else comes first on the path.
        string python = Environment.GetEnvironmentVariable("ONNXAE_PYTHON") is { Length: > 0 } named ? named
            : File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "pytorch_training.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        PyTorchPeer peer;
        try
        {
            peer = new PyTorchPeer(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }

        string request = JsonSerializer.Serialize(new
        {
            model = architecture.Name,
            batch = options.BatchSize,
            loss = architecture.Training.Objective,
            optimizer = architecture.Training.Optimizer.ToString(),
            rate = options.LearningRate,
            threads,
            count = images.Count,
        });
        if (peer.Ask(request, [.. Enumerable.Range(0, images.Count).SelectMany(i => images.GetBytes(i).ToArray())]) is not { } answer)
        {
            peer.Dispose();
            return null;
        }

        peer.Version = answer.GetProperty("version").GetString()!;
        peer.Parameters = answer.GetProperty("parameters").GetInt64();
        return peer;
    }

    /// <summary>Trains for one pass over the images; returns the seconds that it took, on the clock and on all processors together.</summary>
    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public (double Seconds, double Processor) TrainEpoch() => Ask("epoch", []) is { } answer
        ? (answer.GetProperty("seconds").GetDouble(), answer.GetProperty("processor").GetDouble())
        : throw new InvalidOperationException("PyTorch's process has ended early; its own words stand above.");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close(); // ends its loop
        }
        catch (IOException)
        {
            // It was gone before it had read everything.
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    // Null where the process has ended.
    private JsonElement? Ask(string line, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
            _process.StandardInput.BaseStream.Write(bytes);
            _process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            return null;
        }

        return _process.StandardOutput.ReadLine() is { } answer ? JsonSerializer.Deserialize<JsonElement>(answer) : null;
    }
}
