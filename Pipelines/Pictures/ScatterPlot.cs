using System.Globalization;

namespace OnnxAE.Pipelines.Pictures;

/// <summary>Points in the plane as a colour picture: a frame, the axes through 0 where it is in sight, a disc a point, the classes' numbers.</summary>
internal sealed class ScatterPlot
{
    private const int Margin = 12;
    private static readonly (byte, byte, byte) Frame = (160, 160, 160);
    private static readonly (byte, byte, byte) Ink = (60, 60, 60);
    private static readonly (byte, byte, byte) Axis = (225, 225, 225);

    private readonly int size;

    private ScatterPlot(int size)
    {
        this.size = size;
        Pixels = new byte[size * size * 3];
        Array.Fill(Pixels, (byte)255);
    }

    /// <summary>[size * size * 3]: red, green and blue of each pixel, row by row.</summary>
    public byte[] Pixels { get; }

    /// <summary>Draws points; the plot's area spans them in both directions.</summary>
    /// <param name="points">At least one; the first number grows to the right, the second upwards. Points that aren't finite are left out.</param>
    /// <param name="labels">The class of each, or empty for one colour.</param>
    /// <param name="size">Pixels along a side, at least 64.</param>
    public static ScatterPlot Draw(IReadOnlyList<(double X, double Y)> points, ReadOnlySpan<byte> labels, int size)
    {
        var plot = new ScatterPlot(size);
        var finite = points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        if (finite.Count == 0)
        {
            throw new InvalidDataException("None of the points has finite coordinates; there is nothing to draw.");
        }

        var (left, right) = Span(finite.Select(p => p.X));
        var (bottom, top) = Span(finite.Select(p => p.Y));
        int Column(double x) => Margin + (int)Math.Round((x - left) / (right - left) * (size - 1 - (2 * Margin)));
        int Row(double y) => size - 1 - Margin - (int)Math.Round((y - bottom) / (top - bottom) * (size - 1 - (2 * Margin)));

        plot.DrawLines(left < 0 && right > 0 ? Column(0) : null, bottom < 0 && top > 0 ? Row(0) : null);
        int radius = Math.Max(1, size / 250);
        for (int i = 0; i < points.Count; i++)
        {
            if (double.IsFinite(points[i].X) && double.IsFinite(points[i].Y))
            {
                plot.DrawDisc(Column(points[i].X), Row(points[i].Y), radius, ClassColors.Of(labels.IsEmpty ? 0 : labels[i]));
            }
        }

        plot.DrawLegend(labels.IsEmpty ? 0 : 1 + labels.ToArray().Max());
        return plot;
    }

    // A direction without extent gets one, so that its points are drawn in the middle.
    private static (double Low, double High) Span(IEnumerable<double> values)
    {
        double low = values.Min(), high = values.Max();
        return high > low ? (low, high) : (low - 1, high + 1);
    }

    private void DrawLines(int? column, int? row)
    {
        for (int i = 0; i < size; i++)
        {
            if (column is { } x)
            {
                Set(x, i, Axis);
            }

            if (row is { } y)
            {
                Set(i, y, Axis);
            }
        }

        for (int i = 0; i < size; i++)
        {
            Set(i, 0, Frame);
            Set(i, size - 1, Frame);
            Set(0, i, Frame);
            Set(size - 1, i, Frame);
        }
    }

    private void DrawDisc(int column, int row, int radius, (byte, byte, byte) color)
    {
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                if ((dx * dx) + (dy * dy) <= radius * radius)
                {
                    Set(column + dx, row + dy, color);
                }
            }
        }
    }

    // In the upper left corner, one class a line: a square of its colour, then its number. As many classes as there is room for.
    private void DrawLegend(int classes)
    {
        int unit = Math.Max(1, size / 400);
        int lineHeight = (DigitGlyphs.Height + 2) * unit;
        for (int c = 0; c < classes && ((c + 1) * lineHeight) + (2 * unit) < size; c++)
        {
            int top = (2 * unit) + (c * lineHeight), left = 2 * unit;
            Fill(left, top, DigitGlyphs.Height * unit, DigitGlyphs.Height * unit, ClassColors.Of(c));
            string number = c.ToString(CultureInfo.InvariantCulture);
            for (int i = 0; i < number.Length; i++)
            {
                DrawDigit(number[i] - '0', left + ((DigitGlyphs.Height + 2 + (i * (DigitGlyphs.Width + 1))) * unit), top, unit);
            }
        }
    }

    private void DrawDigit(int digit, int left, int top, int unit)
    {
        for (int line = 0; line < DigitGlyphs.Height; line++)
        {
            for (int column = 0; column < DigitGlyphs.Width; column++)
            {
                if (DigitGlyphs.IsInk(digit, column, line))
                {
                    Fill(left + (column * unit), top + (line * unit), unit, unit, Ink);
                }
            }
        }
    }

    private void Fill(int left, int top, int width, int height, (byte, byte, byte) color)
    {
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                Set(x, y, color);
            }
        }
    }

    private void Set(int column, int row, (byte R, byte G, byte B) color)
    {
        int at = ((row * size) + column) * 3;
        (Pixels[at], Pixels[at + 1], Pixels[at + 2]) = color;
    }
}
