using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>generate interpolate</c>: pictures on the way from one image's code to another's.</summary>
internal sealed class GenerateInterpolateCommand : RunPictureCommand
{
    private readonly Option<int> _from = CliOptions.Number("--from", "Index of the first test image, from 0.", 0, "ROW").RequireAtLeast(0);
    private readonly Option<int> _to = CliOptions.Number("--to", "Index of the second test image, from 0.", 1, "ROW").RequireAtLeast(0);
    private readonly Option<int> _steps = CliOptions.Number("--steps", "Number of pictures, both ends included.", 11).RequireBetween(2, 1000);

    private readonly Option<PathShape?> _way = NamedChoice.Option<PathShape>(
        "--way", "The straight line between the codes, the arc about the origin, or a row of each. [default: both]");

    public GenerateInterpolateCommand(CliContext context)
        : base("interpolate", "Decodes the path between two test images' codes.", "runs/vae-2-mnist --from 3 --to 7 --out path.png", context, usesImages: true) =>
        Declare(_from, _to, _steps, _way);

    protected override async Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        int first = arguments.GetValue(_from), second = arguments.GetValue(_to), count = arguments.GetValue(_steps);
        RowSet images = (await LoadImagesAsync(run, arguments, null, cancellationToken)).Test;
        if (Math.Max(first, second) >= images.Count)
        {
            throw new UsageException($"There is no test image {Math.Max(first, second):N0}; the last of {images.Count:N0} is {images.Count - 1:N0}.");
        }

        IReadOnlyList<float[]> codes = run.Encode(images.Choose([first, second]));
        PathShape chosen = arguments.GetValue(_way) ?? PathShape.Both;
        float[][] path =
        [
            .. chosen != PathShape.Spherical ? CodePath.Linear(codes[0], codes[1], count) : [],
            .. chosen != PathShape.Linear ? CodePath.Spherical(codes[0], codes[1], count) : [],
        ];
        PictureFile file = WriteDecoded(run, path, columns: count, arguments);
        return new { Picture = file, Way = chosen, Codes = path };
    }
}
