using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Reads a folder of pictures into memory, flat or a folder a class.</summary>
internal static class PictureSetLoader
{
    /// <summary>The class folder whose pictures have no label.</summary>
    public const string Unlabeled = "unlabeled";

    private const int ShownNames = 3;

    /// <summary>Reads all pictures; labels are the names of their folders.</summary>
    /// <param name="request">The folder, and how its pictures are brought to one shape.</param>
    /// <param name="step">Shows how far it is.</param>
    /// <param name="cancellationToken">Looked at before every picture.</param>
    /// <exception cref="InvalidDataException">There are none, or they can't be brought to one shape.</exception>
    public static PictureSet Load(DataRequest request, IProgressStep step, CancellationToken cancellationToken)
    {
        PictureFolder folder = PictureFolder.Open(request.Source);
        folder.CheckClasses();
        bool isResized = request.Size is not null || request.Shape is not null;
        var options = new PictureOptions
        {
            Resize = !isResized ? PictureResize.None : request.KeepsAspect ? PictureResize.Fit : PictureResize.Stretch,
            ToGrey = (request.Shape?[0] ?? request.Channels) == 1,
        };
        IReadOnlyList<int> shape = request.Shape ?? ShapeOf(request, folder);
        var reader = new PictureReader(folder, shape, options);
        var builder = new RowBlocksBuilder<byte>(RowShapes.SizeOf(shape));
        for (int i = 0; i < folder.Files.Count; i++)
        {
            builder.Add();
        }

        string?[] faults = new string?[folder.Files.Count];
        int done = 0;
        Parallel.For(0, faults.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            faults[i] = reader.TryRead(i, builder[i]);
            int count = Interlocked.Increment(ref done);
            lock (step)
            {
                step.Report((double)count / faults.Length, $"{Quantity.Of(count, "picture")}");
            }
        });
        int[] read = [.. Enumerable.Range(0, faults.Length).Where(i => faults[i] is null)];
        string[] bad = [.. faults.Select((fault, i) => fault is null ? null : $"{folder.Files[i].Name}: {fault}").OfType<string>()];
        if (read.Length == 0 || (!isResized && bad.Length > 0))
        {
            throw new InvalidDataException(
                $"{Quantity.Of(bad.Length, "picture")} of the {Quantity.Number(faults.Length)} in '{request.Source}' can't be used ({Some(bad)})"
                + (isResized ? "." : "; --size brings pictures to one size, for example --size 64x64, and leaves out those that can't be read."));
        }

        var whole = new RowSet(builder.ToBlocks(), null, shape, Labels(folder, out string[] classes), classes);
        return new PictureSet(bad.Length == 0 ? whole : whole.Choose(read), [.. read.Select(i => folder.Files[i].Name)])
        {
            Metadata = isResized ? new Dictionary<string, string> { [PictureResizing.MetadataKey] = options.Resize == PictureResize.Fit ? PictureResizing.Fit : PictureResizing.Stretch } : [],
            Remarks =
            [
                .. folder.PassedOverText is { } passed ? [passed] : Array.Empty<string>(),
                .. bad.Length > 0 ? [$"left out {Quantity.Of(bad.Length, "picture")}: {Some(bad)}"] : Array.Empty<string>(),
            ],
        };
    }

    private static int[] Labels(PictureFolder folder, out string[] classes)
    {
        if (!folder.HasClasses)
        {
            classes = [];
            return [];
        }

        string[] names = [.. folder.Files.Select(file => file.Class!).Where(name => name != Unlabeled).Distinct().Order(StringComparer.Ordinal)];
        classes = names;
        return [.. folder.Files.Select(file => file.Class == Unlabeled ? -1 : Array.IndexOf(names, file.Class))];
    }

    private static int[] ShapeOf(DataRequest request, PictureFolder folder)
    {
        (int width, int height) = request.Size ?? SizeOfFirst(folder);
        return [request.Channels, height, width];
    }

    private static (int Width, int Height) SizeOfFirst(PictureFolder folder)
    {
        for (int i = 0; i < folder.Files.Count; i++)
        {
            if (PictureDecoder.SizeOf(folder.PathOf(folder.Files[i])) is { } size)
            {
                return size;
            }
        }

        throw new InvalidDataException($"None of the {Quantity.Number(folder.Files.Count)} pictures in '{folder.Path}' can be read.");
    }

    private static string Some(string[] texts) =>
        string.Join("; ", texts.Take(ShownNames)) + (texts.Length > ShownNames ? $"; and {Quantity.Number(texts.Length - ShownNames)} more" : "");
}

/// <summary>Pictures of a folder in memory.</summary>
/// <param name="Rows">The pictures.</param>
/// <param name="Names">Their paths within the folder.</param>
internal sealed record PictureSet(RowSet Rows, IReadOnlyList<string> Names)
{
    /// <summary>What models that are trained on them have to say of how they came to be.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What was passed over and left out, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
