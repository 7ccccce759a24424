using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A command that makes a picture of what a run's ONNX files give.</summary>
internal abstract class RunPictureCommand : CliCommand
{
    private const long MostPixels = 1 << 28; // 16,384 x 16,384

    private readonly Argument<string> _run = CliOptions.Run();
    private readonly Option<string> _output;
    private readonly Option<int> _zoom = CliOptions.Number("--zoom", "Enlargement of each picture.", 2).RequireBetween(1, 16);
    private readonly Option<string?> _dataSet = CliOptions.Data("Data set or folder to take test images from. [default: the run's own]");

    /// <summary>Declares what all of these commands take.</summary>
    /// <param name="name">The command, and the file that it writes where none is named.</param>
    /// <param name="description">One line.</param>
    /// <param name="example">What stands behind the name in a real command line.</param>
    /// <param name="context">Console, error stream and clock.</param>
    /// <param name="usesImages">Whether it looks at test images.</param>
    protected RunPictureCommand(string name, string description, string example, CliContext context, bool usesImages)
        : base(name, description, example, context)
    {
        _output = CliOptions.WrittenFile("PNG file to write", usual: $"{name}.png");
        Declare(_run, _output, _zoom);
        if (usesImages)
        {
            Add(_dataSet);
        }
    }

    /// <summary>Makes the picture.</summary>
    /// <returns>The figures, as an object that serialises to JSON.</returns>
    protected abstract Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken);

    protected sealed override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        RunAsync(TrainedRun.Open(arguments.GetRequiredValue(_run), cancellationToken), arguments, cancellationToken);

    /// <summary>Test images with their labels: the first ones of the run's data set, or of the one that was named.</summary>
    /// <param name="trained">The run.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="count">How many; null for all.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <param name="atMost">The most where <paramref name="count"/> is null.</param>
    /// <exception cref="UsageException">There are fewer.</exception>
    protected async Task<LabeledImages> LoadImagesAsync(
        TrainedRun trained, ParseResult arguments, int? count, CancellationToken cancellationToken, int atMost = int.MaxValue)
    {
        DataRequest request = DataRequest.For(trained.Record, arguments.GetValue(_dataSet));
        string name = request.Source;
        LabeledImages data = await ProgressDisplay.For(Context).RunAsync(
            $"Loading {name}", step => new LabeledImagesLoader(Context.DataSets).LoadAsync(request, step, cancellationToken));
        int first = count ?? Math.Min(data.Test.Count, atMost);
        return first <= data.Test.Count ? data with { Test = data.Test.Slice(0, first) }
            : throw new UsageException($"{first:N0} images are asked for; the test images of {name} are {data.Test.Count:N0}.");
    }

    /// <summary>Decodes codes and writes their pictures as rows of one file.</summary>
    protected PictureFile WriteDecoded(TrainedRun run, IReadOnlyList<float[]> codes, int columns, ParseResult arguments) =>
        WriteSheet(Decoded(run, codes), columns, arguments);

    /// <summary>The pictures of codes.</summary>
    protected static IReadOnlyList<Picture> Decoded(TrainedRun run, IReadOnlyList<float[]> codes) =>
        [.. run.Decode(codes).Select(pixels => Picture.FromUnitRange(pixels, run.Shape))];

    /// <summary>As many columns as make a sheet of so many pictures about square.</summary>
    protected static int SquareColumns(int count) => (int)Math.Ceiling(Math.Sqrt(count));

    /// <summary>Writes pictures as rows of one file and says so.</summary>
    /// <returns>The file's path and size, for <c>--json</c>.</returns>
    /// <exception cref="UsageException">It would be too large.</exception>
    protected PictureFile WriteSheet(IReadOnlyList<Picture> pictures, int columns, ParseResult arguments)
    {
        Picture sheet = Picture.Sheet(pictures, columns);
        int factor = arguments.GetValue(_zoom);
        long width = (long)sheet.Width * factor, height = (long)sheet.Height * factor;
        if (width * height > MostPixels)
        {
            throw new UsageException(
                $"The picture would have {width:N0} x {height:N0} pixels, expected {MostPixels:N0} in all at most: choose a smaller --zoom, or fewer pictures.");
        }

        sheet = sheet.Enlarge(factor);
        return Write(PngFile.Encode(sheet), sheet.Width, sheet.Height, arguments);
    }

    /// <summary>Writes a file and says so.</summary>
    protected PictureFile Write(byte[] png, int width, int height, ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_output);
        CliOptions.RequireFolderOf("--out", path);
        AtomicFile.Write(path, stream => stream.Write(png));
        Context.WriteLine($"{path}: {width} x {height} pixels");
        return new PictureFile(path, width, height);
    }
}

/// <summary>A picture that was written.</summary>
/// <param name="File">Its path.</param>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines.</param>
internal sealed record PictureFile(string File, int Width, int Height);
