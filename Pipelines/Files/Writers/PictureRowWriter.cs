using System.Text;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// Writes a picture a row, called like the row or by its number. They are written to a folder beside the target, which takes
/// its name when all are there.
/// </summary>
internal sealed class PictureRowWriter : RowWriter
{
    private readonly string target;
    private readonly string working;
    private readonly string extension;
    private readonly int height;
    private readonly int width;
    private readonly int channels;
    private readonly PixelRange range;
    private readonly byte[] planes;
    private readonly byte[] pixels; // [height * width * 4] of a coloured picture
    private int used;
    private string file = "";

    /// <param name="path">A folder that is not there yet, or empty.</param>
    /// <param name="rowShape">[height, width], or [3, height, width] for planes of red, green and blue.</param>
    /// <param name="range">What black and white are among the values.</param>
    /// <param name="isPgm">Whether to write grey pictures as PGM instead of PNG.</param>
    public PictureRowWriter(string path, IReadOnlyList<int> rowShape, PixelRange range, bool isPgm)
    {
        extension = isPgm ? ".pgm" : ".png";
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        (height, width, channels) = (rowShape[^2], rowShape[^1], rowShape.Count == 3 ? rowShape[0] : 1);
        this.range = range;
        planes = new byte[height * width * channels];
        pixels = new byte[channels == 1 ? 0 : height * width * 4];
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new IOException($"'{path}' is there and not an empty folder; name another one for the pictures.");
        }

        working = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        Directory.CreateDirectory(working);
    }

    /// <inheritdoc/>
    public override void BeginRow(long row, string? name)
    {
        used = 0;
        file = Path.Combine(working, name is null ? FormattableString.Invariant($"{row:D8}{extension}") : Path.ChangeExtension(name, extension));
        if (name is not null && File.Exists(file))
        {
            file = Path.Combine(working, name + extension); // a.png and a.pgm
        }
    }

    /// <inheritdoc/>
    public override void Append<T>(ReadOnlySpan<T> values)
    {
        PixelBytes.Of(values, range, planes.AsSpan(used, values.Length));
        used += values.Length;
    }

    /// <inheritdoc/>
    public override void AppendMissing(int count) => throw new NotSupportedException("A folder of pictures has no missing ones.");

    /// <inheritdoc/>
    public override void EndRow()
    {
        if (extension == ".pgm")
        {
            File.WriteAllBytes(file, [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"P5\n{width} {height}\n{byte.MaxValue}\n")), .. planes]);
            return;
        }

        if (channels == 1)
        {
            File.WriteAllBytes(file, PngFile.Encode(planes, width, height));
            return;
        }

        for (int i = 0; i < planes.Length; i++)
        {
            pixels[(i % (height * width) * 4) + (i / (height * width))] = planes[i];
        }

        File.WriteAllBytes(file, PngFile.EncodeColor(pixels, width, height));
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target); // empty, or it stays and this fails
        }

        Directory.Move(working, target);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Directory.Exists(working))
        {
            Directory.Delete(working, recursive: true);
        }

        base.Dispose();
    }
}
