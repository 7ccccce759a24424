using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>generate grid</c>: pictures of codes on a grid over two dimensions.</summary>
internal sealed class GenerateGridCommand : RunPictureCommand
{
    private readonly Option<int> size = new("--size") { Description = "Pictures along each side.", HelpName = "N", DefaultValueFactory = _ => 15 };

    private readonly Option<double?> range = new("--range")
    {
        Description = "Equal distances from -X to X instead of quantiles of N(0, 1). Document 004 uses 15, far outside of N(0, 1).",
        HelpName = "X",
    };

    private readonly Option<string> dimensions = new("--dimensions")
    {
        Description = "Code dimensions to the right and upwards, counted from 0. All others are 0.",
        HelpName = "I,J",
        DefaultValueFactory = _ => "0,1",
    };

    /// <summary>Declares what the command takes.</summary>
    public GenerateGridCommand(CliContext context)
        : base("grid", "Decodes a grid of codes over two dimensions: quantiles of N(0, 1), or equal distances.", context, usesImages: false)
    {
        size.RequireBetween(2, 100);
        Add(size);
        Add(range);
        Add(dimensions);
    }

    /// <inheritdoc/>
    protected override Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var (right, up) = CodeDimensions.Parse(arguments.GetRequiredValue(dimensions), run.CodeSize);
        int side = arguments.GetValue(size);
        double? limit = arguments.GetValue(range);
        if (limit is { } x && (!double.IsFinite(x) || x <= 0))
        {
            throw new UsageException($"--range must be a number above 0, not {x}.");
        }

        double[] values = limit is { } end ? LatentGrid.Even(side, end) : LatentGrid.Quantiles(side);
        IReadOnlyList<float[]> pictures = run.Decode(LatentGrid.Codes(values, run.CodeSize, right, up));
        PictureFile file = WriteSheet([.. pictures.Select(p => Picture.FromUnitRange(p, run.Side))], columns: side, arguments);
        return Task.FromResult<object>(new { Picture = file, Dimensions = new[] { right, up }, Values = values });
    }
}
