using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Bench;

/// <summary>
/// A program that measures the same work in another library: it reads a line of JSON, does what that asks, writes a line of
/// JSON, and sleeps in between. Images go over in a temporary file. It ends with this object, or when the user stops.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private const int LastWords = 3; // lines of its error stream that a message quotes
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string name;
    private readonly Process process;
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenRegistration stop;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly string pixelFile = Path.GetTempFileName();

    private PeerProcess(string name, Process process, CancellationToken cancellationToken)
    {
        this.name = name;
        this.process = process;
        this.cancellationToken = cancellationToken;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        stop = cancellationToken.Register(Kill);
    }

    /// <summary>The library's version, as it says itself.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Starts the program and hands the images over; null where there is no such program.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="start">The program and its arguments.</param>
    /// <param name="pixels">The images' bytes.</param>
    /// <param name="greeting">The first request, made of the path of the file with the bytes; it is answered with the version.</param>
    /// <param name="cancellationToken">Ends the program, whatever it is doing.</param>
    public static PeerProcess? TryStart(
        string name, ProcessStartInfo start, ReadOnlySpan<byte> pixels, Func<string, object> greeting, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        PeerProcess peer;
        try
        {
            peer = new PeerProcess(name, Process.Start(start)!, cancellationToken);
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            File.WriteAllBytes(peer.pixelFile, pixels);
            peer.Version = peer.Ask(greeting(peer.pixelFile)).GetProperty("version").GetString()!;
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Reads a script that is part of this assembly.</summary>
    /// <param name="script">Its file name.</param>
    public static string ReadScript(string script)
    {
        using var reader = new StreamReader(typeof(PeerProcess).Assembly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The program ended instead; the message has its last words.</exception>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    public JsonElement Ask(object request)
    {
        string? line = null;
        try
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            process.StandardInput.Flush();
            line = process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // It has ended; why, it says below.
        }

        cancellationToken.ThrowIfCancellationRequested();
        return line is null ? throw Ended() : JsonSerializer.Deserialize<JsonElement>(line, JsonFile.Options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Dispose();
        try
        {
            process.StandardInput.Close(); // ends its loop
        }
        catch (IOException)
        {
            // It was gone before it had read everything.
        }

        if (!process.WaitForExit(Patience))
        {
            Kill();
        }

        process.Dispose();
        File.Delete(pixelFile);
    }

    private InvalidOperationException Ended()
    {
        if (!process.WaitForExit(Patience))
        {
            Kill();
        }

        process.WaitForExit(); // until its error stream is read to the end
        string words = errors.IsEmpty ? "without a word" : $"saying: {string.Join(" ", errors)}";
        return new InvalidOperationException($"The {name} process ended early, with exit code {process.ExitCode}, {words}");
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            errors.Enqueue(line.Trim());
        }

        if (errors.Count > LastWords)
        {
            errors.TryDequeue(out _);
        }
    }

    // With whatever it started itself, which would hold its streams open.
    private void Kill() => process.Kill(entireProcessTree: true);
}
