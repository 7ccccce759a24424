using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Keeps a command from writing over a file that it reads, or two things to one file.</summary>
internal static class DistinctFiles
{
    /// <summary>Refuses options that name the same file. Streams (<c>-</c>), devices and pipes are none.</summary>
    /// <param name="options">Options and what they were given; null for one that was left away.</param>
    /// <exception cref="UsageException">Two of them name one file, by whatever paths.</exception>
    public static void Require(params (string Option, string? Path)[] options)
    {
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach ((string option, string? path) in options)
        {
            if (path is null or "-" || SpecialFile.Is(path))
            {
                continue;
            }

            string target = Target(path);
            if (!taken.TryAdd(target, option))
            {
                throw new UsageException($"{taken[target]} and {option} both name '{path}'; choose another file for {option}.");
            }
        }
    }

    // Where a path leads to: the file, and each folder above it, may be a link.
    private static string Target(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string place = Path.GetDirectoryName(full) is { } folder ? Path.Combine(Target(folder), Path.GetFileName(full)) : full;
        FileSystemInfo? linked = File.Exists(place) ? File.ResolveLinkTarget(place, returnFinalTarget: true)
            : Directory.Exists(place) ? Directory.ResolveLinkTarget(place, returnFinalTarget: true)
            : null;
        return linked is null ? place : Target(linked.FullName);
    }
}
