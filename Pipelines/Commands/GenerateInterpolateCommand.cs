using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>generate interpolate</c>: pictures on the way from one image's code to another's.</summary>
internal sealed class GenerateInterpolateCommand : RunPictureCommand
{
    private readonly Option<int> from = new("--from") { Description = "Index of the first test image, from 0.", HelpName = "ROW", DefaultValueFactory = _ => 0 };

    private readonly Option<int> to = new("--to") { Description = "Index of the second test image, from 0.", HelpName = "ROW", DefaultValueFactory = _ => 1 };

    private readonly Option<int> steps = new("--steps") { Description = "Number of pictures, both ends included.", HelpName = "N", DefaultValueFactory = _ => 11 };

    private readonly Option<PathShape?> way = NamedChoice.Option<PathShape>(
        "--way", "The straight line between the codes, the arc about the origin, or a row of each. [default: both]");

    /// <summary>Declares what the command takes.</summary>
    public GenerateInterpolateCommand(CliContext context)
        : base("interpolate", "Decodes the path between two test images' codes.", context, usesImages: true)
    {
        from.RequireAtLeast(0);
        to.RequireAtLeast(0);
        steps.RequireBetween(2, 1000);
        Add(from);
        Add(to);
        Add(steps);
        Add(way);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        int first = arguments.GetValue(from), second = arguments.GetValue(to), count = arguments.GetValue(steps);
        ImageSet images = await LoadImagesAsync(run, arguments, null, cancellationToken);
        if (Math.Max(first, second) >= images.Count)
        {
            throw new UsageException($"There is no test image {Math.Max(first, second):N0}; the last of {images.Count:N0} is {images.Count - 1:N0}.");
        }

        byte[] ends = [.. images.GetImage(first), .. images.GetImage(second)];
        IReadOnlyList<float[]> codes = run.Encode(new ImageSet(ends, images.Height, images.Width));
        PathShape chosen = arguments.GetValue(way) ?? PathShape.Both;
        float[][] path =
        [
            .. chosen != PathShape.Spherical ? CodePath.Linear(codes[0], codes[1], count) : [],
            .. chosen != PathShape.Linear ? CodePath.Spherical(codes[0], codes[1], count) : [],
        ];
        PictureFile file = WriteSheet([.. run.Decode(path).Select(p => Picture.FromUnitRange(p, run.Side))], columns: count, arguments);
        return new { Picture = file, Way = chosen, Codes = path };
    }
}
