namespace OnnxAE.Pipelines;

/// <summary>Losses by epoch as an SVG drawing.</summary>
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
        int decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(y.Step) + 1e-9));
        var chart = new SvgChart("Loss by epoch", Width, Height, Left, Width - Right, Height - Bottom);
        foreach (double mark in y.Marks)
        {
            chart.AddGridLine(y[mark], Quantity.Fixed(mark, decimals));
        }

        foreach (double mark in x.Marks.Where(mark => mark == Math.Floor(mark)))
        {
            chart.AddMark(x[mark], $"{mark}");
        }

        chart.AddAxis("epoch", "loss", Top);
        double lastName = double.NegativeInfinity;
        foreach (var curve in curves.Where(c => c.Losses.Count > 0).OrderByDescending(c => c.Losses[^1]))
        {
            double name = Math.Max(y[curve.Losses[^1]], lastName + NameDistance);
            AddCurve(chart, curve, name, x, y);
            lastName = name;
        }

        return chart.ToString();
    }

    private static void AddCurve(SvgChart chart, LossCurve curve, double nameHeight, ChartScale x, ChartScale y)
    {
        var points = curve.Losses.Select((loss, i) => (Epoch: i + 1, Loss: loss)).Where(p => double.IsFinite(p.Loss)).ToList();
        string style = "curve-" + new string([.. curve.Name.Where(char.IsAsciiLetterOrDigit)]), name = HtmlTemplate.Escape(curve.Name);
        chart.Add($"""<polyline class="{style}" points="{string.Join(' ', points.Select(p => $"{x[p.Epoch]:F1},{y[p.Loss]:F1}"))}"/>""");
        foreach (var (epoch, loss) in points)
        {
            string title = $"{name}, epoch {epoch}: {loss:F5}";
            chart.Add($"""<circle class="{style}" cx="{x[epoch]:F1}" cy="{y[loss]:F1}" r="3.5"><title>{title}</title></circle>""");
        }

        chart.Add($"""<text class="{style} name" x="{x[curve.Losses.Count] + 10:F1}" y="{nameHeight + 4:F1}">{name}</text>""");
    }
}

/// <summary>One line of the loss chart.</summary>
/// <param name="Name">Shown at its end, such as <c>training</c>; also its style class.</param>
/// <param name="Losses">One value an epoch, from the first on.</param>
internal sealed record LossCurve(string Name, IReadOnlyList<double> Losses);
