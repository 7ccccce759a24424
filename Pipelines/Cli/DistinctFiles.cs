using OnnxAE.Inference;

namespace OnnxAE.Pipelines.Cli;

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

    private static string Target(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } linked ? linked.FullName : full;
    }
}
