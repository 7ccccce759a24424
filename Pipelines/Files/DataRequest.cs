using System.CommandLine;
using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Data to learn from, as the command line names them.</summary>
/// <param name="Source">A known data set, or a folder.</param>
internal sealed record DataRequest(string Source)
{
    /// <summary>Share of the rows that becomes the test set, where the source has none and nothing is said.</summary>
    public const double UsualTestShare = 0.1;

    /// <summary>Width and height that pictures of a folder are brought to; null for the size that all of them have.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Whether a picture's aspect is kept, with a border of white where it does not fill its place.</summary>
    public bool KeepsAspect { get; init; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Share of the rows that becomes the test set; null for the usual one, and for sources that have their own.</summary>
    public double? TestShare { get; init; }

    /// <summary>The columns of a table to learn from, in the notation of <c>--columns</c>; null for all but the label.</summary>
    public string? Columns { get; init; }

    /// <summary>The column of a table's classes; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>Decides which rows these are.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether nothing is said that only a folder of pictures can follow.</summary>
    public bool IsPlain => Shape is not null || (Size is null && !KeepsAspect && Channels == 1 && TestShare is null && Columns is null && Label is null);

    /// <summary>[channels, height, width] of a network, which pictures of a folder are brought to; null where no network says so.</summary>
    public IReadOnlyList<int>? Shape { get; init; }

    /// <summary>Data for the network of a run: those that it was trained on, or others, brought to its shape.</summary>
    /// <param name="record">The run.</param>
    /// <param name="source">A data set or a folder; null for the run's own.</param>
    public static DataRequest For(RunRecord record, string? source) => new(source ?? record.Data.Source ?? record.Data.Name)
    {
        Shape = record.Model.InputShape is [_, _, _] shape ? shape : null,
        KeepsAspect = record.Data.Metadata?.GetValueOrDefault(PictureResizing.MetadataKey) == PictureResizing.Fit,
        TestShare = source is null ? record.Data.TestShare : null,
        Columns = record.Data.Columns,
        Label = record.Data.Label,
    };
}

/// <summary>The options that say which data, and how they become rows: <c>--data</c>, <c>--size</c>, <c>--color</c> and more.</summary>
internal sealed class DataOptions
{
    private const int LargestSide = 4096;

    private readonly Option<string?> _size = new("--size")
    {
        Description = "Width and height of pictures, for example 64x48. Pictures of a folder are resized. [default: the size that all have]",
        HelpName = "WxH",
    };

    private readonly Option<bool> _keepAspect = new("--keep-aspect") { Description = "Resize without stretching; a white border fills the rest." };
    private readonly Option<bool> _color = new("--color") { Description = "Pictures of a folder in colour. [default: grey]" };

    private readonly Option<double?> _test = new Option<double?>("--test")
    {
        Description = "Share of the rows of each class for the test set, where the data have none. [default: 0.1]",
        HelpName = "X",
    }.Require("above 0 and below 1", value => value is > 0 and < 1);

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Columns of a table: names, first..last, or -name for all but. [default: all but the label]",
        HelpName = "NAMES",
    };

    private readonly Option<string?> _label = new("--label") { Description = "Column of a table that names each row's class.", HelpName = "NAME" };

    /// <summary>The options that go with <c>--data</c>.</summary>
    /// <param name="splits">Whether rows are set apart for a test.</param>
    public IEnumerable<Option> All(bool splits = true) => splits ? [_size, _keepAspect, _color, _columns, _label, _test] : [_size, _keepAspect, _color];

    /// <summary>What they say of a source.</summary>
    /// <exception cref="UsageException">The size is none.</exception>
    public DataRequest Read(string source, ParseResult arguments) => new(source)
    {
        Size = Size(arguments),
        KeepsAspect = arguments.GetValue(_keepAspect),
        Channels = arguments.GetValue(_color) ? 3 : 1,
        TestShare = arguments.GetValue(_test),
        Columns = arguments.GetValue(_columns),
        Label = arguments.GetValue(_label),
    };

    private (int Width, int Height)? Size(ParseResult arguments)
    {
        if (arguments.GetValue(_size) is not { } text)
        {
            return null;
        }

        return text.Split('x', 'X') is [var first, var second] && Side(first) is { } width && Side(second) is { } height ? (width, height)
            : throw new UsageException($"--size '{text}' is no width and height; expected two whole numbers from 1 to {LargestSide}, for example 64x48.");
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= LargestSide ? side : null;
}
