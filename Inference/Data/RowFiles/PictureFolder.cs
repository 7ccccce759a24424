using System.Buffers;
using System.IO.Enumeration;

namespace OnnxAE.Inference;

/// <summary>
/// The pictures of a folder and its subfolders, or a single one, in the ordinal order of their names. Hidden files and
/// folders and links are passed over, and so is what is not called like a picture.
/// </summary>
internal sealed class PictureFolder
{
    /// <summary>How names of pictures end.</summary>
    public static readonly IReadOnlyList<string> Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".pgm", ".ppm"];

    private const string Link = "link";

    private readonly string _root;
    private readonly int _direct;

    private PictureFolder(string path, string root, IEnumerable<string> names, IReadOnlyDictionary<string, int> passedOver)
    {
        Path = path;
        _root = root;
        Files = [.. names.Order(StringComparer.Ordinal).Select(name => new PictureFile(name, name.Contains('/') ? name[..name.IndexOf('/')] : null))];
        PassedOver = passedOver;
        _direct = Files.Count(file => file.Class is null);
    }

    /// <summary>The folder or the picture.</summary>
    public string Path { get; }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<PictureFile> Files { get; }

    /// <summary>Number of files that are passed over, by the end of their names in small letters, as <c>.txt</c>; "link" counts links, and "" files without such an end.</summary>
    public IReadOnlyDictionary<string, int> PassedOver { get; }

    /// <summary>Whether all pictures lie in folders, one a class.</summary>
    public bool HasClasses => Files.Count > 0 && _direct == 0;

    /// <summary>As in <c>passed over 3 files: 2 .txt, 1 .db</c>; null where nothing is passed over.</summary>
    public string? PassedOverText
    {
        get
        {
            int count = PassedOver.Values.Sum();
            IEnumerable<string> kinds = PassedOver.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => FormattableString.Invariant($"{kind.Value} {(kind.Key.Length > 0 ? kind.Key : "without extension")}"));
            return count == 0 ? null : FormattableString.Invariant($"passed over {count} {(count == 1 ? "file" : "files")}: {string.Join(", ", kinds)}");
        }
    }

    /// <summary>Lists the pictures.</summary>
    /// <param name="path">A folder, or a picture.</param>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="InvalidDataException">The folder holds no pictures.</exception>
    public static PictureFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Dictionary<string, int> passedOver = new(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            string full = System.IO.Path.GetFullPath(path);
            return new PictureFolder(path, System.IO.Path.GetDirectoryName(full)!, [System.IO.Path.GetFileName(full)], passedOver);
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}', expected pictures.", path);
        }

        string root = System.IO.Path.GetFullPath(path);
        List<string> names = [];
        foreach ((string name, bool isLink) in Entries(root))
        {
            if (!isLink && IsPicture(name))
            {
                names.Add(name);
            }
            else
            {
                string kind = isLink ? Link : System.IO.Path.GetExtension(name).ToLowerInvariant();
                passedOver[kind] = passedOver.GetValueOrDefault(kind) + 1;
            }
        }

        PictureFolder folder = new(path, root, names, passedOver);
        return folder.Files.Count > 0 ? folder
            : throw new InvalidDataException($"'{path}' holds no picture, expected files named {string.Join(", ", Extensions)}{(folder.PassedOverText is { } text ? $"; {text}" : "")}.");
    }

    /// <summary>Whether a file is called like a picture.</summary>
    public static bool IsPicture(string name) => Extensions.Contains(System.IO.Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a folder that holds pictures both directly and in class folders.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public void CheckClasses()
    {
        if (_direct > 0 && _direct < Files.Count)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{Path}' holds {_direct} pictures directly and {Files.Count - _direct} in folders, expected one of the two: all of them directly, or a folder for each class."));
        }
    }

    /// <summary>Where a picture is.</summary>
    public string PathOf(PictureFile file) => System.IO.Path.Combine(_root, file.Name);

    // A link may lead out of the folder, or in circles.
    private static FileSystemEnumerable<(string Name, bool IsLink)> Entries(string root)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        return new(root, NameOf, options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsHidden && (!entry.IsDirectory || IsLink(ref entry)),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.IsHidden && !IsLink(ref entry),
        };

        static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

        static (string, bool) NameOf(ref FileSystemEntry entry)
        {
            string relative = System.IO.Path.GetRelativePath(entry.RootDirectory.ToString(), entry.ToFullPath());
            return (relative.Replace(System.IO.Path.DirectorySeparatorChar, '/'), IsLink(ref entry));
        }
    }
}

/// <summary>A picture of a folder.</summary>
/// <param name="Name">Its path within the folder, as in <c>cat/1.png</c>.</param>
/// <param name="Class">The folder directly under the folder that it lies in, at any depth; null where it lies in none.</param>
internal sealed record PictureFile(string Name, string? Class);

/// <summary>
/// Reads the pictures of a folder into planes of bytes. Several threads may read at the same time, unless the rows are flat.
/// </summary>
/// <param name="folder">The pictures.</param>
/// <param name="rowShape">[1 or 3, height, width], or another shape that <see cref="PictureDecoder"/> takes.</param>
/// <param name="options">How to bring pictures into this shape.</param>
/// <exception cref="InvalidDataException">The shape is that of no picture.</exception>
internal sealed class PictureReader(PictureFolder folder, IReadOnlyList<int> rowShape, PictureOptions options)
{
    private readonly PictureDecoder _decoder = new(rowShape, options);

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels => _decoder.Channels;

    /// <summary>The size of what is given; null until a picture of a flat row is read.</summary>
    public (int Width, int Height)? Size => _decoder.Size;

    /// <summary>Bytes of a picture's planes.</summary>
    public int ByteCount => _decoder.ByteCount;

    /// <summary>Reads a picture.</summary>
    /// <param name="index">Its place among the folder's files.</param>
    /// <param name="planes">[channels, height, width]; undefined where it can't be read.</param>
    /// <returns>What was found and what was expected, without a stop; null where it was read.</returns>
    public string? TryRead(int index, Span<byte> planes)
    {
        byte[]? buffer = null;
        try
        {
            string path = folder.PathOf(folder.Files[index]);
            if (SpecialFile.Is(path)) // to open a pipe would wait for its other end
            {
                return "found a pipe or a device, expected a file";
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (stream.Length > _decoder.MostFileBytes)
            {
                return FormattableString.Invariant($"found a file of {stream.Length} bytes, expected at most {_decoder.MostFileBytes}");
            }

            buffer = ArrayPool<byte>.Shared.Rent((int)stream.Length);
            int length = stream.ReadAtLeast(buffer.AsSpan(0, (int)stream.Length), (int)stream.Length, throwOnEndOfStream: false);
            _decoder.Read(buffer.AsSpan(0, length), planes);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
