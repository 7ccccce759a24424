using SkiaSharp;

namespace OnnxAE.Pipelines;

/// <summary>Numbers in characters of 3x5 pixels: a machine without fonts draws them too.</summary>
internal static class DigitGlyphs
{
    /// <summary>Lines of a character.</summary>
    public const int Height = 5;

    private const int Width = 3;
    private const string Characters = "0123456789-.";

    private static readonly string[] Lines =
    [
        "### .#. ### ### #.# ### ### ### ### ### ... ...",
        "#.# ##. ..# ..# #.# #.. #.. ..# #.# #.# ... ...",
        "#.# .#. ### ### ### ### ### ..# ### ### ### ...",
        "#.# .#. #.. ..# ..# ..# #.# ..# #.# ..# ... ...",
        "### ### ### ### ..# ### ### ..# ### ### ... .#.",
    ];

    /// <summary>Pixels that a number takes to the right.</summary>
    /// <param name="number">Digits, minus and point.</param>
    /// <param name="unit">Pixels along the side of one of the glyphs' pixels.</param>
    public static int Measure(string number, int unit) => ((number.Length * (Width + 1)) - 1) * unit;

    /// <summary>Draws a number.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="number">Digits, minus and point.</param>
    /// <param name="left">Its left end.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="unit">Pixels along the side of one of the glyphs' pixels.</param>
    /// <param name="paint">The ink.</param>
    public static void Draw(SKCanvas canvas, string number, int left, int top, int unit, SKPaint paint)
    {
        for (int i = 0; i < number.Length * (Width + 1) * Height; i++)
        {
            (int line, int column) = (i / (number.Length * (Width + 1)), i % (number.Length * (Width + 1)));
            int glyph = Characters.IndexOf(number[column / (Width + 1)], StringComparison.Ordinal);
            int across = column % (Width + 1);
            if (across < Width && Lines[line][(glyph * (Width + 1)) + across] == '#')
            {
                canvas.DrawRect(left + (column * unit), top + (line * unit), unit, unit, paint);
            }
        }
    }
}
