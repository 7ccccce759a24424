using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace OnnxAE.Training;

/// <summary>libtorch, the native library under TorchSharp: whether this process can load it.</summary>
public static class Libtorch
{
    private static readonly Lazy<string?> LazyFault = new(FindFault);

    /// <summary>Null where libtorch can be loaded, else one sentence: why not, and what to do.</summary>
    public static string? Fault => LazyFault.Value;

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="PlatformNotSupportedException">This system can't load it; the message is <see cref="Fault"/>.</exception>
    public static void Require()
    {
        if (Fault is { } fault)
        {
            throw new PlatformNotSupportedException(fault);
        }
    }

    // The two loads that TorchSharp begins with. Where they fail it prints three screens and copies 600 MB, so it is not asked.
    private static string? FindFault()
    {
        Assembly torchSharp = typeof(torch).Assembly;
        NativeLibrary.TryLoad("torch_cpu", torchSharp, searchPath: null, out _);
        try
        {
            NativeLibrary.Load("LibTorchSharp", torchSharp, searchPath: null);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return Sentence(exception.Message);
        }
    }

    /// <summary>The sentence for what the system's loader says.</summary>
    internal static string Sentence(string loaderMessage)
    {
        int missing = loaderMessage.IndexOf("GLIBCXX_", StringComparison.Ordinal);
        if (missing >= 0)
        {
            string version = loaderMessage[missing..].Split('\'', ' ', '\n')[0];
            return $"libtorch can't be loaded: this system's libstdc++ lacks {version}, which came with GCC 13; "
                + "start the program by ./onnxae, which adds it, or use a newer system such as Debian 13 or Ubuntu 24.04.";
        }

        string reason = loaderMessage.Split('\n').Select(line => line.Trim()).First(line => line.Length > 0).TrimEnd('.');
        return $"libtorch can't be loaded on {RuntimeInformation.RuntimeIdentifier}: {reason}. "
            + "It is there for linux-x64, win-x64, win-arm64 and osx-arm64; on one of these run ./setup and build again.";
    }
}
