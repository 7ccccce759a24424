using System.Text;

namespace OnnxAE.Pipelines;

/// <summary>
/// A drawing with an axis below and lines to read heights by; colours come from the page, so that it suits a light and a dark
/// scheme.
/// </summary>
internal sealed class SvgChart
{
    private readonly StringBuilder _svg = new();
    private readonly double _left, _right, _floor;

    /// <summary>Begins the drawing.</summary>
    /// <param name="label">What it shows, for those who don't see it.</param>
    /// <param name="width">The whole drawing's.</param>
    /// <param name="height">The whole drawing's.</param>
    /// <param name="left">Where the axis begins.</param>
    /// <param name="right">Where it ends.</param>
    /// <param name="floor">Where it lies.</param>
    public SvgChart(string label, double width, double height, double left, double right, double floor)
    {
        (_left, _right, _floor) = (left, right, floor);
        Add($"""<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">""");
    }

    /// <summary>Adds an element.</summary>
    public void Add(FormattableString element) => _svg.Append(FormattableString.Invariant(element));

    /// <summary>Adds a line across at a height, with its mark at the left.</summary>
    public void AddGridLine(double y, string mark)
    {
        Add($"""<line class="grid" x1="{_left}" x2="{_right}" y1="{y:F1}" y2="{y:F1}"/>""");
        Add($"""<text class="mark" text-anchor="end" x="{_left - 8}" y="{y + 4:F1}">{mark}</text>""");
    }

    /// <summary>Adds a mark below the axis.</summary>
    public void AddMark(double x, string mark) => Add($"""<text class="mark" text-anchor="middle" x="{x:F1}" y="{_floor + 18}">{mark}</text>""");

    /// <summary>Adds the axis, and what both directions are called.</summary>
    public void AddAxis(string across, string up, double top)
    {
        Add($"""<line class="axis" x1="{_left}" x2="{_right}" y1="{_floor}" y2="{_floor}"/>""");
        Add($"""<text class="title" text-anchor="middle" x="{(_left + _right) / 2}" y="{_floor + 36}">{across}</text>""");
        Add($"""<text class="title" text-anchor="middle" transform="translate(14 {(top + _floor) / 2}) rotate(-90)">{up}</text>""");
    }

    /// <summary>The whole drawing.</summary>
    public override string ToString() => $"{_svg}</svg>";
}
