using System.CommandLine;
using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary><c>generate at</c>: the picture of a chosen code.</summary>
internal sealed class GenerateAtCommand : RunPictureCommand
{
    private readonly Option<string[]> _code = new("--code")
    {
        Description = "Code: numbers separated by commas, for example 0,2. Several codes make a row of pictures.",
        HelpName = "X,Y,...",
        Required = true,
    };

    public GenerateAtCommand(CliContext context)
        : base("at", "Decodes the codes that you give.", "runs/vae-2-mnist --code 0,2 --out point.png", context, usesImages: false) => Add(_code);

    protected override Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        float[][] codes = [.. arguments.GetRequiredValue(_code).Select(Parse)];
        IReadOnlyList<float[]> pixels = run.Decode(codes);
        PictureFile file = WriteSheet([.. pixels.Select(p => Picture.FromUnitRange(p, run.Shape))], columns: codes.Length, arguments);
        return Task.FromResult<object>(new { Picture = file, Codes = codes, Pixels = pixels });
    }

    private static float[] Parse(string text) =>
    [
        .. text.Split(',').Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
                ? number
                : throw new UsageException($"'{part.Trim()}' in --code '{text}' is no number; expected numbers separated by commas, such as 0,2.")),
    ];
}
