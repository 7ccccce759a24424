using System.CommandLine;
using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>The options <c>--size</c> and <c>--color</c>: what pictures are made of.</summary>
internal sealed class ShapeOptions
{
    private const int LargestSide = 4096;

    private readonly Option<string?> _size = new("--size")
    {
        Description = "Width and height of pictures, for example 64x48. Others are resized. [default: the size of the first picture]",
        HelpName = "WxH",
    };

    private readonly Option<bool> _color = new("--color") { Description = "Keep red, green and blue. [default: grey]" };

    /// <summary>Both.</summary>
    public IEnumerable<Option> All => [_size, _color];

    /// <summary>1 for grey, 3 with <c>--color</c>.</summary>
    public int Channels(ParseResult arguments) => arguments.GetValue(_color) ? 3 : 1;

    /// <summary>Width and height; null where none are given.</summary>
    /// <exception cref="UsageException">The text is no size.</exception>
    public (int Width, int Height)? Size(ParseResult arguments)
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
