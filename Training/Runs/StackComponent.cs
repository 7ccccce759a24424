using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace OnnxAE.Training;

/// <summary>A library in use. The names are the loaded assemblies' own, so a stand-in shows as what it is.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Version">Its version.</param>
public sealed record StackComponent(string Name, string Version)
{
    /// <summary>The libraries that this process computes with, .NET included.</summary>
    public static IReadOnlyList<StackComponent> Describe() =>
    [
        Of(typeof(MLContext).Assembly),
        Of(typeof(InferenceSession).Assembly) with { Version = OrtEnv.Instance().GetVersionString() },
        Of(typeof(torch).Assembly),
        new StackComponent("libtorch", torch.__version__),
        new StackComponent(".NET", Environment.Version.ToString()),
    ];

    private static StackComponent Of(Assembly assembly)
    {
        AssemblyName name = assembly.GetName();
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{name.Version}";
        return new StackComponent(name.Name!, version.Split('+')[0]); // behind the + is the build's commit
    }
}
