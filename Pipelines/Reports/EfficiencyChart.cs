namespace OnnxAE.Pipelines;

/// <summary>Errors over numbers of labels as an SVG drawing, both on logarithmic axes.</summary>
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
        var chart = new SvgChart("Error by number of labels", Width, Height + (LineHeight * curves.Count), Left, Width - Right, bottom);
        foreach (double mark in y.Marks)
        {
            chart.AddGridLine(y[mark], $"{mark:G3} %");
        }

        foreach (int mark in labels)
        {
            chart.AddMark(x[mark], Quantity.Number(mark));
        }

        chart.AddAxis("labels", "test error", Top);
        foreach (var (i, curve) in curves.Index())
        {
            AddCurve(chart, curve, i, x, y);
        }

        return chart.ToString();
    }

    private static void AddCurve(SvgChart chart, EfficiencyCurve curve, int index, LogScale x, LogScale y)
    {
        string name = HtmlTemplate.Escape(curve.Name);
        chart.Add($"""<g class="series-{index + 1}">""");
        chart.Add($"""<polyline points="{string.Join(' ', curve.Points.Select(point => $"{x[point.Labels]:F1},{y[point.Error]:F1}"))}"/>""");
        foreach (var (labels, error, sd) in curve.Points)
        {
            string title = $"{name}, {labels:N0} labels: {error:F2} ± {sd:F2} %";
            chart.Add($"""<line x1="{x[labels]:F1}" x2="{x[labels]:F1}" y1="{y[error - sd]:F1}" y2="{y[error + sd]:F1}"/>""");
            chart.Add($"""<circle cx="{x[labels]:F1}" cy="{y[error]:F1}" r="3.5"><title>{title}</title></circle>""");
        }

        double line = Height + (LineHeight * index) + 4;
        chart.Add($"""<line class="key" x1="{Left}" x2="{Left + 32}" y1="{line}" y2="{line}"/>""");
        chart.Add($"""<text x="{Left + 40}" y="{line + 4}">{name}</text></g>""");
    }
}

/// <summary>One line of the label-efficiency chart.</summary>
/// <param name="Name">Shown below the chart.</param>
/// <param name="Points">Number of labels, mean error in percent, and its standard deviation, by ascending number.</param>
internal sealed record EfficiencyCurve(string Name, IReadOnlyList<(int Labels, double Error, double Sd)> Points);
