using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace OnnxAE.Training;

/// <summary>A library in use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; for libtorch, where this system can't load it, a sentence that says why.</param>
public sealed record LibraryVersion(string Name, string Version)
{
    /// <summary>The libraries that this process computes with, .NET included.</summary>
    public static IReadOnlyList<LibraryVersion> Describe() =>
    [
        new("Microsoft.ML", VersionOf(typeof(MLContext).Assembly)),
        new("ONNX Runtime", OrtEnv.Instance().GetVersionString()),
        new("TorchSharp", VersionOf(typeof(torch).Assembly)),
        new("libtorch", Libtorch.Fault ?? torch.__version__),
        new(".NET", Environment.Version.ToString()),
    ];

    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}";
        return version.Split('+')[0]; // behind the + is the build's commit
    }
}
