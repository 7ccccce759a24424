using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>Losses by epoch as an SVG drawing; colours come from the page, so that it suits a light and a dark scheme.</summary>
internal static class LossChart
{
    private const double Width = 720;
    private const double Height = 300;
    private const double Left = 84;
    private const double Right = 92; // room for the names at the ends of the lines
    private const double Top = 16;
    private const double Bottom = 46;
    private const double NameDistance = 16; // names closer than a line of text would lie on each other

    /// <summary>Draws the curves; all start with epoch 1.</summary>
    public static string Render(IReadOnlyList<LossCurve> curves)
    {
        double[] all = [.. curves.SelectMany(c => c.Losses).Where(double.IsFinite)];
        int epochs = curves.Select(c => c.Losses.Count).DefaultIfEmpty(0).Max();
        if (all.Length == 0)
        {
            return "<p>No loss was recorded.</p>";
        }

        var x = ChartScale.Enclosing(1, Math.Max(2, epochs), 10, Left, Width - Right);
        var y = ChartScale.Enclosing(all.Min(), all.Max(), 5, Height - Bottom, Top);
        var svg = new StringBuilder();
        svg.Append(Invariant($"""<svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="Loss by epoch">"""));
        AppendAxes(svg, x, y);
        double lastName = double.NegativeInfinity;
        foreach (var curve in curves.Where(c => c.Losses.Count > 0).OrderByDescending(c => c.Losses[^1]))
        {
            AppendLine(svg, curve, x, y);
            double name = Math.Max(y[curve.Losses[^1]], lastName + NameDistance);
            svg.Append(Invariant($"""<text class="{Class(curve)} name" x="{x[curve.Losses.Count] + 10:F1}" y="{name + 4:F1}">{HtmlTemplate.Escape(curve.Name)}</text>"""));
            lastName = name;
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AppendAxes(StringBuilder svg, ChartScale x, ChartScale y)
    {
        int decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(y.Step) + 1e-9));
        foreach (double mark in y.Marks)
        {
            svg.Append(Invariant($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{y[mark]:F1}" y2="{y[mark]:F1}"/>"""));
            string value = mark.ToString("F" + decimals, CultureInfo.InvariantCulture);
            svg.Append(Invariant($"""<text class="mark" text-anchor="end" x="{Left - 8}" y="{y[mark] + 4:F1}">{value}</text>"""));
        }

        foreach (double mark in x.Marks.Where(mark => mark == Math.Floor(mark)))
        {
            svg.Append(Invariant($"""<text class="mark" text-anchor="middle" x="{x[mark]:F1}" y="{Height - Bottom + 18}">{mark}</text>"""));
        }

        svg.Append(Invariant($"""<line class="axis" x1="{Left}" x2="{Width - Right}" y1="{Height - Bottom}" y2="{Height - Bottom}"/>"""));
        svg.Append(Invariant($"""<text class="title" text-anchor="middle" x="{(Left + Width - Right) / 2}" y="{Height - 8}">epoch</text>"""));
        svg.Append(Invariant($"""<text class="title" text-anchor="middle" transform="translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)">loss</text>"""));
    }

    private static void AppendLine(StringBuilder svg, LossCurve curve, ChartScale x, ChartScale y)
    {
        var points = curve.Losses.Select((loss, i) => (Epoch: i + 1, Loss: loss)).Where(p => double.IsFinite(p.Loss)).ToList();
        string line = string.Join(' ', points.Select(p => Invariant($"{x[p.Epoch]:F1},{y[p.Loss]:F1}")));
        svg.Append(Invariant($"""<polyline class="{Class(curve)}" points="{line}"/>"""));
        foreach (var (epoch, loss) in points)
        {
            svg.Append(Invariant($"""<circle class="{Class(curve)}" cx="{x[epoch]:F1}" cy="{y[loss]:F1}" r="3.5"><title>{HtmlTemplate.Escape(curve.Name)}, epoch {epoch}: {loss:F5}</title></circle>"""));
        }
    }

    private static string Class(LossCurve curve) => "curve-" + new string([.. curve.Name.Where(char.IsAsciiLetterOrDigit)]);
}

/// <summary>One line of the loss chart.</summary>
/// <param name="Name">Shown at its end, such as <c>training</c>; also its style class.</param>
/// <param name="Losses">One value an epoch, from the first on.</param>
internal sealed record LossCurve(string Name, IReadOnlyList<double> Losses);
