using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>Renders <see cref="ReportContent"/> as one HTML file that needs nothing else: no script, no network.</summary>
internal static class ReportPage
{
    private static readonly HtmlTemplate Page = HtmlTemplate.FromResource("report.html");

    /// <summary>The whole page.</summary>
    public static string Render(ReportContent content) => Page.Render(new Dictionary<string, string>
    {
        ["style"] = HtmlTemplate.Style,
        ["title"] = content.Title,
        ["lead"] = content.Lead,
        ["headlines"] = Join(content.Headlines, h => $"<li><b>{Escape(h.Value)}</b><span>{Escape(h.Meaning)}</span></li>"),
        ["lossChart"] = LossChart.Render(content.Losses),
        ["lossNote"] = content.LossNote,
        ["imageRows"] = Join(content.Images, RenderImages),
        ["imageNote"] = content.ImageNote,
        ["accuracyRows"] = Join(content.Accuracies, RenderAccuracy),
        ["accuracyNote"] = content.AccuracyNote,
        ["facts"] = Join(content.Facts, f => $"<div><dt>{Escape(f.Name)}</dt><dd>{Escape(f.Value)}</dd></div>"),
    });

    private static string RenderImages(ImageRow row) =>
        $"""<div class="images"><span>{Escape(row.Caption)}</span><div>""" + Join(row.Images.Zip(row.Names), image =>
        {
            string source = PngFile.ToDataUri(image.First, row.Width, row.Height);
            string name = Escape($"{image.Second}, {row.Caption}");
            return $"""<img src="{source}" width="{row.Width}" height="{row.Height}" alt="{name}" title="{name}">""";
        }) + "</div></div>";

    private static string RenderAccuracy(AccuracyRow row)
    {
        string percent = Percent(row.Accuracy.Mean);
        string draws = string.Join(" · ", row.Accuracy.Draws.Select(Percent));
        return $"""
            <tr{(row.IsOurs ? " class=\"ours\"" : "")}>
              <th scope="row">{Escape(row.Name)}<small>{Escape(row.Description)}</small></th>
              <td class="number">{percent} %<small>± {Percent(row.Accuracy.Sd)}</small></td>
              <td class="bar"><div style="width:{percent}%"></div><small>{draws}</small></td>
            </tr>
            """;
    }

    private static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture);

    private static string Escape(string text) => HtmlTemplate.Escape(text);

    private static string Join<T>(IEnumerable<T> items, Func<T, string> render) => string.Join('\n', items.Select(render));
}
