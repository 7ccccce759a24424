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
            nint library = NativeLibrary.Load(path);
            ChooseThreads(library);
            KeepFreedMemory(library);
            return library;
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

    /// <summary>
    /// All processors, unless OMP_NUM_THREADS says otherwise. The system's libtorch would begin with one thread where
    /// it can't make out the processor. torch.set_num_threads changes it at any time.
    /// </summary>
    private static unsafe void ChooseThreads(nint library)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")))
        {
            var setThreads = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "onnxae_set_num_threads");
            Native.Check(setThreads(Environment.ProcessorCount));
        }
    }

    /// <summary>Freed tensors stay with the process for the next ones, unless the user has settings of his own for the C library's memory.</summary>
    private static unsafe void KeepFreedMemory(nint library)
    {
        string[] settings = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"];
        if (settings.All(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
        {
            ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "onnxae_keep_freed_memory"))();
        }
    }

    // Environment.SetEnvironmentVariable reaches only the managed copy of the environment.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
