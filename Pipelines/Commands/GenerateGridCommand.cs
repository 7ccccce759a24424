using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>generate grid</c>: pictures of codes on a grid over two dimensions.</summary>
internal sealed class GenerateGridCommand : RunPictureCommand
{
    private readonly Option<int> _size = CliOptions.Number("--size", "Pictures along each side.", 15).RequireBetween(2, 100);

    private readonly Option<double?> _range = new Option<double?>("--range")
    {
        Description = "Equal distances from -X to X instead of quantiles of N(0, 1). Document 004 uses 15, far outside of N(0, 1).",
        HelpName = "X",
    }.Require("a number above 0", value => value > 0);

    private readonly Option<string> _dimensions = new("--dimensions")
    {
        Description = "Code dimensions to the right and upwards, counted from 0. All others are 0.",
        HelpName = "I,J",
        DefaultValueFactory = _ => "0,1",
    };

    public GenerateGridCommand(CliContext context)
        : base("grid", "Decodes a grid of codes over two dimensions.", "runs/vae-2-mnist --size 10 --out grid.png", context, usesImages: false) =>
        Declare(_size, _range, _dimensions);

    protected override Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var (right, up) = LatentGrid.ParseDimensions(arguments.GetRequiredValue(_dimensions), run.CodeSize);
        int side = arguments.GetValue(_size);
        double[] values = arguments.GetValue(_range) is { } end ? LatentGrid.Even(side, end) : LatentGrid.Quantiles(side);
        PictureFile file = WriteDecoded(run, LatentGrid.Codes(values, run.CodeSize, right, up), columns: side, arguments);
        return Task.FromResult<object>(new { Picture = file, Dimensions = new[] { right, up }, Values = values });
    }
}
