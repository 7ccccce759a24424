using System.CommandLine;
using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>The options that say the shape of rows where no data does: <c>--size</c>, <c>--color</c>, <c>--columns</c>.</summary>
internal sealed class RowShapeOptions
{
    private const int Usual = 28;

    private readonly Option<string?> _size = new("--size")
    {
        Description = "Size of pictures in pixels: 64x48 is 64 wide and 48 high. [default: 28x28]",
        HelpName = "WIDTHxHEIGHT",
    };

    private readonly Option<bool> _color = new("--color") { Description = "Pictures of three channels; grey without." };

    private readonly Option<int?> _columns = CliOptions.Number("--columns", "Rows of N numbers, no pictures.").RequireAtLeast(1);

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> All => [_size, _color, _columns];

    /// <summary>The shape that was given: [channels, height, width] or [n]; null where none was.</summary>
    /// <exception cref="UsageException">The size is none, or pictures and numbers are both asked for.</exception>
    public IReadOnlyList<int>? Read(ParseResult arguments)
    {
        string? size = arguments.GetValue(_size);
        bool isPicture = size is not null || arguments.GetValue(_color);
        if (arguments.GetValue(_columns) is { } columns)
        {
            return isPicture ? throw new UsageException("--columns is for rows of numbers, --size and --color are for pictures; give one or the other.") : [columns];
        }

        if (!isPicture)
        {
            return null;
        }

        (int width, int height) = size is null ? (Usual, Usual) : ReadSize(size);
        return [arguments.GetValue(_color) ? 3 : 1, height, width];
    }

    private static (int Width, int Height) ReadSize(string text) =>
        text.Split('x', 'X') is [var first, var second] && Side(first) is { } width && Side(second) is { } height
            ? (width, height)
            : throw new UsageException($"--size '{text}' is no size; expected WIDTHxHEIGHT in pixels, such as 64x48.");

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side > 0 ? side : null;
}
