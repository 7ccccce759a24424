using System.ComponentModel;
using System.Diagnostics;

namespace OnnxAE.Tests.Training.Export.Peers;

/// <summary>Programs of others that exported files are shown to, where they are installed.</summary>
internal static class Peer
{
    public const string OnnxChecker = "python3-onnx";

    public const string OnnxRuntimeWeb = "onnxruntime-web";

    /// <summary>Debian's own: its packages are not seen by a Python of the user's that comes first in the path.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>The folder that npm installed onnxruntime-web into; null if it did not.</summary>
    public static string? NodeModules { get; } = FindNodeModules();

    public static bool IsInstalled(string peer) => peer switch
    {
        OnnxChecker => Succeeds(Python, "-c", "import onnx"),
        OnnxRuntimeWeb => NodeModules is not null && Succeeds("node", "--version"),
        _ => throw new ArgumentOutOfRangeException(nameof(peer), peer, "Unknown peer."),
    };

    private static string? FindNodeModules()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string modules = Path.Combine(folder.FullName, "node_modules");
            if (Directory.Exists(Path.Combine(modules, OnnxRuntimeWeb)))
                return modules;
        }

        return null;
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // no such program
        }
    }
}
