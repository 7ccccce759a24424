using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>The entry to everything, as in the original.</summary>
public static partial class torch
{
    private static readonly Device default_device = CPU;

    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)Native.Version())!;

    public static int get_num_threads() => Native.GetNumThreads();

    internal static unsafe void set_num_threads(int num) => Native.Check(Native.SetNumThreads(num));
}
