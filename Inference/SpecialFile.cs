using System.Runtime.InteropServices;

namespace OnnxAE.Inference;

/// <summary>
/// Tells devices, pipes and sockets from files. They are written to as they are, since to rename would put a file in their
/// place, and are read once.
/// </summary>
internal static partial class SpecialFile
{
    private const int TypeMask = 0xF000; // of a mode, as every Unix has it
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;
    private const int StatusSize = 64; // numbers; more than there are

    private static readonly string[] Streams = ["/dev/stdin", "/dev/stdout", "/dev/stderr"];
    private static readonly string[] StreamFolders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Whether there is something of this name that is neither a file nor a folder, or the name is that of an open stream, whatever it leads to.</summary>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows())
            return false;
        string full = Path.GetFullPath(path);
        if (Streams.Contains(full) || StreamFolders.Any(folder => full.StartsWith(folder, StringComparison.Ordinal)))
            return true;
        Span<int> status = stackalloc int[StatusSize];
        return Stat(full, status) == 0 && (status[1] & TypeMask) is not (Folder or Regular);
    }

    // The one behind .NET's own files: the structure, which differs from system to system, begins with flags and the mode.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Span<int> status);
}
