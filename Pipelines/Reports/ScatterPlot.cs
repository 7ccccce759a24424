using System.Globalization;
using SkiaSharp;

namespace OnnxAE.Pipelines;

/// <summary>
/// Points in the plane as a colour picture: a frame with the numbers at the ends of both axes, lines through 0 where it is in
/// sight, a mark a point, and the classes' marks and numbers at the right.
/// </summary>
internal sealed class ScatterPlot : IDisposable
{
    private static readonly SKColor Ink = new(60, 60, 60);
    private static readonly SKColor Frame = new(160, 160, 160);
    private static readonly SKColor Axis = new(225, 225, 225);

    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private readonly int _unit; // pixels along the side of a glyph's pixel
    private readonly float _radius; // of a mark

    private ScatterPlot(int size)
    {
        _bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_bitmap);
        _canvas.Clear(SKColors.White);
        _unit = Math.Max(1, size / 400);
        _radius = Math.Max(1, size / 250f);
    }

    /// <summary>Draws points; the plot's area spans them in both directions.</summary>
    /// <param name="points">At least one; the first number grows to the right, the second upwards. Points that aren't finite are left out.</param>
    /// <param name="labels">The class of each, -1 for points that are left out; empty for one colour.</param>
    /// <param name="size">Pixels along a side, at least 64.</param>
    /// <returns>[size * size * 4]: red, green, blue and 255 of each pixel, row by row.</returns>
    /// <exception cref="InvalidDataException">None of the points is finite.</exception>
    public static byte[] Draw(IReadOnlyList<(double X, double Y)> points, ReadOnlySpan<int> labels, int size)
    {
        var finite = points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        if (finite.Count == 0)
        {
            throw new InvalidDataException("None of the points has finite coordinates; there is nothing to draw.");
        }

        using var plot = new ScatterPlot(size);
        plot.DrawPoints(points, Span(finite.Select(p => p.X)), Span(finite.Select(p => p.Y)), labels);
        return plot._bitmap.Bytes;
    }

    public void Dispose()
    {
        _paint.Dispose();
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    // A direction without extent gets one, so that its points are drawn in the middle.
    private static (double Low, double High) Span(IEnumerable<double> values)
    {
        double low = values.Min(), high = values.Max();
        return high > low ? (low, high) : (low - 1, high + 1);
    }

    private void DrawPoints(IReadOnlyList<(double X, double Y)> points, (double Low, double High) x, (double Low, double High) y, ReadOnlySpan<int> labels)
    {
        int classes = labels.IsEmpty ? 0 : 1 + labels.ToArray().Max();
        int margin = (DigitGlyphs.Height + 4) * _unit;
        int legend = classes == 0 ? 0 : DigitGlyphs.Measure(Text(classes - 1), _unit) + (int)(2 * _radius) + (4 * _unit);
        // Points keep a mark's width from the frame; all places are middles of pixels.
        var frame = new SKRect(margin + 0.5f, 0.5f, _bitmap.Width - legend - 0.5f, _bitmap.Height - margin - 0.5f);
        var area = SKRect.Inflate(frame, -2 * _radius, -2 * _radius);
        float Right(double value) => MathF.Floor((float)(area.Left + ((value - x.Low) / (x.High - x.Low) * area.Width))) + 0.5f;
        float Down(double value) => MathF.Floor((float)(area.Bottom - ((value - y.Low) / (y.High - y.Low) * area.Height))) + 0.5f;

        _paint.Color = Axis;
        if (x.Low < 0 && x.High > 0)
        {
            _canvas.DrawLine(Right(0), frame.Top, Right(0), frame.Bottom, _paint);
        }

        if (y.Low < 0 && y.High > 0)
        {
            _canvas.DrawLine(frame.Left, Down(0), frame.Right, Down(0), _paint);
        }

        for (int i = 0; i < points.Count; i++)
        {
            if (double.IsFinite(points[i].X) && double.IsFinite(points[i].Y) && (labels.IsEmpty || labels[i] >= 0))
            {
                DrawMark(Right(points[i].X), Down(points[i].Y), labels.IsEmpty ? 0 : labels[i]);
            }
        }

        DrawFrame(frame, x, y, margin);
        DrawLegend(classes, (int)frame.Right + (2 * _unit));
    }

    // Colours repeat after ten classes, and every second five of them are squares.
    private void DrawMark(float x, float y, int label)
    {
        _paint.Color = ClassColors.Of(label);
        if (label / 5 % 2 == 0)
        {
            _canvas.DrawCircle(x, y, _radius, _paint);
        }
        else
        {
            _canvas.DrawRect(x - _radius, y - _radius, 2 * _radius, 2 * _radius, _paint);
        }
    }

    // Below the frame the ends of the first axis, at its left, turned, those of the second.
    private void DrawFrame(SKRect frame, (double Low, double High) x, (double Low, double High) y, int margin)
    {
        _paint.Color = Frame;
        _paint.Style = SKPaintStyle.Stroke;
        _canvas.DrawRect(frame, _paint);
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = Ink;
        int top = _bitmap.Height - margin + (2 * _unit);
        DigitGlyphs.Draw(_canvas, Text(x.Low), margin, top, _unit, _paint);
        DigitGlyphs.Draw(_canvas, Text(x.High), (int)frame.Right - DigitGlyphs.Measure(Text(x.High), _unit), top, _unit, _paint);
        _canvas.Save();
        _canvas.RotateDegrees(-90);
        DigitGlyphs.Draw(_canvas, Text(y.Low), -(int)frame.Bottom, 2 * _unit, _unit, _paint);
        DigitGlyphs.Draw(_canvas, Text(y.High), -DigitGlyphs.Measure(Text(y.High), _unit) - _unit, 2 * _unit, _unit, _paint);
        _canvas.Restore();
    }

    // One class a line: its mark, then its number. As many classes as there is room for.
    private void DrawLegend(int classes, int left)
    {
        int lineHeight = (DigitGlyphs.Height + 3) * _unit;
        for (int c = 0; c < classes && (c + 1) * lineHeight < _bitmap.Height; c++)
        {
            int top = (2 * _unit) + (c * lineHeight);
            DrawMark(left + (int)_radius + 0.5f, top + (DigitGlyphs.Height * _unit / 2) + 0.5f, c);
            _paint.Color = Ink;
            DigitGlyphs.Draw(_canvas, Text(c), left + (int)(2 * _radius) + (2 * _unit), top, _unit, _paint);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Three digits, without an exponent.
    private static string Text(double number)
    {
        int decimals = number == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 9);
        return number.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }
}

/// <summary>Colours by which classes are told apart.</summary>
internal static class ClassColors
{
    // Paul Tol's "muted" colours, which stay apart for colour-blind readers too; black for his pale grey, which is faint on white.
    // https://personal.sron.nl/~pault/
    private static readonly (SKColor Color, string Name)[] Colors =
    [
        (new(0x332288), "indigo"), (new(0x88CCEE), "cyan"), (new(0x117733), "green"), (new(0xCC6677), "rose"), (new(0xDDCC77), "sand"),
        (new(0x882255), "wine"), (new(0x44AA99), "teal"), (new(0x999933), "olive"), (new(0xAA4499), "purple"), (new(0x000000), "black"),
    ];

    /// <summary>The colour of a class; they repeat after ten.</summary>
    public static SKColor Of(int label) => Colors[label % Colors.Length].Color.WithAlpha(byte.MaxValue);

    /// <summary>What the colour is called.</summary>
    public static string NameOf(int label) => Colors[label % Colors.Length].Name;
}

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
