using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>inspect scatter</c>: test images as points, coloured by their class.</summary>
internal sealed class InspectScatterCommand : RunPictureCommand
{
    private const int MostByDefault = 2000; // more hide each other

    private readonly Option<PointSource?> _of = NamedChoice.Option<PointSource>(
        "--of", "Data to plot: the code, the map before it, or the pixels. [default: code]");

    private readonly Option<string?> _dimensions = new("--dimensions")
    {
        Description = "Two code dimensions to the right and upwards, counted from 0. [default: both of a code of 2, else the leading principal components]",
        HelpName = "I,J",
    };

    private readonly Option<int?> _count = CliOptions.Number("--count", "Images. [default: 2000, or all where there are fewer]").RequireAtLeast(2);
    private readonly Option<int> _size = CliOptions.Number("--size", "Pixels along a side of the plot.", 800).RequireBetween(64, 4096);

    public InspectScatterCommand(CliContext context)
        : base("scatter", "Plots test images by two code dimensions, coloured by class.", "runs/vae-2-mnist --size 600 --out scatter.png", context, usesImages: true) =>
        Declare(_of, _dimensions, _count, _size);

    protected override async Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        LabeledImages data = await LoadImagesAsync(run, arguments, arguments.GetValue(_count), cancellationToken, MostByDefault);
        RowSet images = data.Test;
        PointSource source = arguments.GetValue(_of) ?? PointSource.Code;
        IReadOnlyList<float[]> rows = source switch
        {
            PointSource.Code => run.Encode(images),
            PointSource.Features => run.EncodeFeatures(images),
            _ => [.. Enumerable.Range(0, images.Count).Select(images.ToArray)],
        };
        int width = rows[0].Length;
        string? named = arguments.GetValue(_dimensions) ?? (width == 2 ? "0,1" : null);
        (int right, int up) = named is null ? (0, 1) : LatentGrid.ParseDimensions(named, width);
        IReadOnlyList<float[]> plane = named is null ? run.ProjectToPlane(rows) : rows;
        (double X, double Y)[] points = [.. plane.Select(row => ((double)row[right], (double)row[up]))];

        int side = arguments.GetValue(_size);
        byte[] plot = ScatterPlot.Draw(points, images.Labels.Span, side);
        PictureFile file = Write(PngFile.EncodeColor(plot, side, side), side, side, arguments);
        Describe(images, named, source, data.Known?.Name);
        return new
        {
            Picture = file,
            Axes = named ?? "principal components",
            Points = points.Select(p => new[] { p.X, p.Y }),
            Labels = images.Labels.ToArray(),
        };
    }

    private void Describe(RowSet images, string? named, PointSource source, string? dataSet)
    {
        string axes = named is null ? "the two leading principal components" : $"dimensions {named}";
        Context.WriteLine($"{images.Count:N0} images by {axes} of their {source.ToString().ToLowerInvariant()}.");
        if (images.HasLabels)
        {
            Context.WriteLine(string.Join(", ", Enumerable.Range(0, images.ClassCount).Select(c => $"{ClassNames.Of(dataSet, c)} {ClassColors.NameOf(c)}")));
        }
    }
}

/// <summary>The numbers of an image that a scatter plot is made of.</summary>
internal enum PointSource
{
    /// <summary>Its code.</summary>
    Code,

    /// <summary>The layer before the code.</summary>
    Features,

    /// <summary>Its pixels.</summary>
    Pixels,
}
