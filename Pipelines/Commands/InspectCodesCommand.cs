using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>inspect codes</c>: test images, their codes as pictures, and what is rebuilt from them.</summary>
internal sealed class InspectCodesCommand : RunPictureCommand
{
    private const int LargestCode = 1024;

    private readonly Option<int> _count = CliOptions.Number("--count", "Number of images.", 16).RequireBetween(1, 1000);

    private readonly Option<string?> _corruption = new("--corruption")
    {
        Description = "Corruption to apply first, for example 'gaussian(0.5, 0.5)'; 'run' takes the run's own. "
            + "The corrupted images become a row of the picture.",
        HelpName = "NOISE",
    };

    private readonly Option<int> _seed = CliOptions.Seed("Seed of the corruption.");

    public InspectCodesCommand(CliContext context)
        : base("codes", "Shows test images, their codes and their reconstructions.", "runs/demo-fashion-mnist --count 8 --out codes.png", context, usesImages: true) =>
        Declare(_count, _corruption, _seed);

    protected override async Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        ICorruption? damage = arguments.GetValue(_corruption) switch
        {
            "run" => run.Record.Training.Corruption
                ?? throw new UsageException("The run was trained on clean images; name a corruption, such as --corruption 'gaussian(0.5, 0.5)'."),
            var notation => CliOptions.Read(() => CorruptionNotation.Parse(notation)),
        };
        RowSet clean = (await LoadImagesAsync(run, arguments, arguments.GetValue(_count), cancellationToken)).Test;
        RowSet input = damage is null ? clean : CorruptedImages.Create(clean, damage, arguments.GetValue(_seed), cancellationToken);
        IReadOnlyList<float[]> codes = run.Encode(input);
        bool showCodes = run.CodeSize <= LargestCode;
        Picture[] pictures =
        [
            .. Pictures(clean),
            .. damage is null ? [] : Pictures(input),
            .. showCodes ? CodePictures(codes, run.Shape[2]) : [],
            .. Decoded(run, codes),
        ];
        PictureFile file = WriteSheet(pictures, columns: clean.Count, arguments);
        if (!showCodes)
        {
            Context.WriteLine($"Codes of {run.CodeSize:N0} numbers are too long to be shown as pictures; the rows are images and reconstructions.");
        }

        return new { Picture = file, Codes = codes };
    }

    private static IEnumerable<Picture> Pictures(RowSet images) =>
        Enumerable.Range(0, images.Count).Select(i => new Picture(images.GetPicture(i), images.Width, images.Height, images.Channels));

    // As square as the code's length allows, black and white at the smallest and largest number of all codes shown.
    private static IEnumerable<Picture> CodePictures(IReadOnlyList<float[]> codes, int pictureWidth)
    {
        float low = codes.Min(c => c.Min()), high = codes.Max(c => c.Max());
        int width = SquareColumns(codes[0].Length);
        return codes.Select(code => Picture.FromRange(code, width, low, high).Enlarge(Math.Max(1, pictureWidth / width)));
    }
}
