using System.Text;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>Errors over numbers of labels as an SVG drawing, both on logarithmic axes; colours come from the page.</summary>
internal static class EfficiencyChart
{
    /// <summary>As many curves as the page has colours for.</summary>
    public const int MostCurves = 6;

    private const double Width = 720;
    private const double Height = 380;
    private const double Left = 76;
    private const double Right = 16;
    private const double Top = 16;
    private const double LineHeight = 20; // of the names below the axis
    private const double AxisHeight = 46;

    /// <summary>Draws the curves.</summary>
    /// <param name="curves">At least one point in all, at most <see cref="MostCurves"/> curves.</param>
    public static string Render(IReadOnlyList<EfficiencyCurve> curves)
    {
        var points = curves.SelectMany(curve => curve.Points).ToList();
        int[] labels = [.. points.Select(point => point.Labels).Distinct().Order()];
        double bottom = Height - AxisHeight;
        var x = new LogScale(labels[0], Math.Max(labels[0] * 2, labels[^1]), Left + 12, Width - Right - 12);
        double lowest = Math.Max(0.05, points.Min(point => point.Error) * 0.8);
        var y = new LogScale(lowest, Math.Max(lowest * 2, points.Max(point => point.Error) * 1.2), bottom, Top);
        double height = Height + (LineHeight * curves.Count);
        var svg = new StringBuilder();
        svg.Append(Invariant($"""<svg class="chart" viewBox="0 0 {Width} {height}" role="img" aria-label="Error by number of labels">"""));
        foreach (double mark in y.Marks)
        {
            svg.Append(Invariant($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{y[mark]:F1}" y2="{y[mark]:F1}"/>"""));
            svg.Append(Invariant($"""<text class="mark" text-anchor="end" x="{Left - 8}" y="{y[mark] + 4:F1}">{mark:G3} %</text>"""));
        }

        foreach (int mark in labels)
        {
            svg.Append(Invariant($"""<text class="mark" text-anchor="middle" x="{x[mark]:F1}" y="{bottom + 18}">{mark:N0}</text>"""));
        }

        svg.Append(Invariant($"""<line class="axis" x1="{Left}" x2="{Width - Right}" y1="{bottom}" y2="{bottom}"/>"""));
        svg.Append(Invariant($"""<text class="title" text-anchor="middle" x="{(Left + Width - Right) / 2}" y="{Height - 10}">labels</text>"""));
        svg.Append(Invariant($"""<text class="title" text-anchor="middle" transform="translate(14 {(Top + bottom) / 2}) rotate(-90)">test error</text>"""));
        for (int i = 0; i < curves.Count; i++)
        {
            AppendCurve(svg, curves[i], i, x, y);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AppendCurve(StringBuilder svg, EfficiencyCurve curve, int index, LogScale x, LogScale y)
    {
        svg.Append(Invariant($"""<g class="series-{index + 1}">"""));
        svg.Append(Invariant($"""<polyline points="{string.Join(' ', curve.Points.Select(point => Invariant($"{x[point.Labels]:F1},{y[point.Error]:F1}")))}"/>"""));
        foreach (var (labels, error, sd) in curve.Points)
        {
            svg.Append(Invariant($"""<line x1="{x[labels]:F1}" x2="{x[labels]:F1}" y1="{y[error - sd]:F1}" y2="{y[error + sd]:F1}"/>"""));
            svg.Append(Invariant($"""<circle cx="{x[labels]:F1}" cy="{y[error]:F1}" r="3.5"><title>{HtmlTemplate.Escape(curve.Name)}, {labels:N0} labels: {error:F2} ± {sd:F2} %</title></circle>"""));
        }

        double line = Height + (LineHeight * index) + 4;
        svg.Append(Invariant($"""<line class="key" x1="{Left}" x2="{Left + 32}" y1="{line}" y2="{line}"/>"""));
        svg.Append(Invariant($"""<text x="{Left + 40}" y="{line + 4}">{HtmlTemplate.Escape(curve.Name)}</text></g>"""));
    }
}

/// <summary>One line of the label-efficiency chart.</summary>
/// <param name="Name">Shown below the chart.</param>
/// <param name="Points">Number of labels, mean error in percent, and its standard deviation, by ascending number.</param>
internal sealed record EfficiencyCurve(string Name, IReadOnlyList<(int Labels, double Error, double Sd)> Points);
