using System.ComponentModel;
using System.Diagnostics;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>Programs of others that exported files are shown to, where they are installed.</summary>
internal static class Peer
{
    public const string OnnxChecker = "python3-onnx";

    public const string OnnxRuntimeWeb = "onnxruntime-web";

    /// <summary>Debian's own: its packages are not seen by a Python of the user's that comes first in the path.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Where ./test has npm install onnxruntime-web, outside the checkout.</summary>
    public static string NodeModules { get; } = Path.Combine(new DataSetStoreOptions().CacheFolder, "peers", "node_modules");

    public static bool IsInstalled(string peer) => peer switch
    {
        OnnxChecker => Succeeds(Python, "-c", "import onnx"),
        OnnxRuntimeWeb => Directory.Exists(Path.Combine(NodeModules, OnnxRuntimeWeb)) && Succeeds("node", "--version"),
        _ => throw new ArgumentOutOfRangeException(nameof(peer), peer, "Unknown peer."),
    };

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
