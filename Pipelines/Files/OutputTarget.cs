using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Where results go, and how they are written.</summary>
/// <param name="Path">A file or a folder; <c>-</c> for standard output.</param>
/// <param name="Format">The format.</param>
/// <param name="IsGzip">Whether it is packed.</param>
internal sealed record OutputTarget(string Path, OutputFormat Format, bool IsGzip)
{
    /// <summary>What stands for standard input and standard output.</summary>
    public const string Standard = "-";

    /// <summary>The formats, as users name them.</summary>
    public const string Names = FileNames + ", png, pgm";

    private const string FileNames = "csv, csv.gz, npy, idx, idx.gz";

    /// <summary>Whether the results go to standard output: nothing else may be written to it then.</summary>
    public bool IsStandardOutput => Path == Standard;

    /// <summary>Whether the results are a folder of pictures.</summary>
    public bool IsFolder => Format is OutputFormat.Png or OutputFormat.Pgm;

    /// <summary>Whether the beginning can be written again at the end: a device or a pipe takes bytes once.</summary>
    public bool IsRewritable => !IsStandardOutput && !SpecialFile.Is(Path);

    /// <summary>Whether a path is standard output, by whichever name.</summary>
    public static bool NamesStandardOutput(string path)
        => path == Standard || System.IO.Path.GetFullPath(path) is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1";

    /// <summary>Takes the format from its name or, where there is none, from the path; standard output has no other name than csv.</summary>
    /// <exception cref="UsageException">There is no such format, the path tells none, or its folder does not exist.</exception>
    public static OutputTarget Parse(string path, string? format)
    {
        if (NamesStandardOutput(path))
        {
            return Named(Standard, format ?? "csv") is { IsFolder: false } target
                ? target
                : throw new UsageException("Pictures are written to a folder, not to standard output; name one with --out.");
        }

        CliOptions.RequireFolderOf("--out", path);
        return Named(path, format ?? NameFor(path));
    }

    private static string NameFor(string path)
    {
        if (Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path))
        {
            return "png";
        }

        string name = System.IO.Path.GetFileName(path).ToLowerInvariant();
        string packed = name.EndsWith(".gz", StringComparison.Ordinal) ? ".gz" : "";
        string plain = name[..^packed.Length];
        return plain.EndsWith("-ubyte", StringComparison.Ordinal) ? "idx" + packed
            : System.IO.Path.GetExtension(plain) is { Length: > 1 } extension ? extension[1..] + packed
            : throw new UsageException($"--out '{path}' tells no format; end it in one of .{FileNames.Replace(", ", ", .", StringComparison.Ordinal)} "
                + "or / for a folder of pictures, or say --out-format.");
    }

    private static OutputTarget Named(string path, string format)
    {
        string name = format.ToLowerInvariant();
        bool isGzip = name.EndsWith(".gz", StringComparison.Ordinal);
        return Names.Split(", ").Contains(name)
            ? new OutputTarget(path, Enum.Parse<OutputFormat>(isGzip ? name[..^3] : name, ignoreCase: true), isGzip)
            : throw new UsageException($"Results can't be written as '{format}'; the formats are {Names}.");
    }
}

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>A line a row, headings first.</summary>
    Csv,

    /// <summary>NumPy's array file.</summary>
    Npy,

    /// <summary>Bytes, as MNIST has them; pixels alone can be written so.</summary>
    Idx,

    /// <summary>A folder with a PNG picture a row; pixels alone can be written so.</summary>
    Png,

    /// <summary>A folder with a grey PGM picture a row; pixels alone can be written so.</summary>
    Pgm,
}
