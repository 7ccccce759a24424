using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds the native library beside the assembly, and readies the process for it.</summary>
internal static partial class NativeLoader
{
    private const string FileName = "libonnxae_torch.so";

    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != Native.Library)
        {
            return 0;
        }

        ChooseWaitPolicy();
        string path = Path.Combine(AppContext.BaseDirectory, FileName);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            string reason = File.Exists(path) ? e.Message : $"{path} does not exist.";
            throw new DllNotFoundException($"libtorch can't be loaded on the system stack: run ./setup and build again. {reason}", e);
        }
    }

    /// <summary>
    /// libtorch shares its work out through OpenMP, its matrix products through OpenBLAS's own threads. By default
    /// OpenMP's threads spin while they wait and so take the cores away from OpenBLAS: training on 2 cores then is
    /// slower than on 1. OpenMP reads its setting once, while libtorch loads. The user's own setting stands.
    /// </summary>
    private static void ChooseWaitPolicy() => _ = SetEnvironment("OMP_WAIT_POLICY", "passive", overwrite: 0);

    // Environment.SetEnvironmentVariable reaches only the managed copy of the environment.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
