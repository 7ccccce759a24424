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

    private static string Percent(double share) => Quantity.Fixed(100 * share, 2);

    private static string Escape(string text) => HtmlTemplate.Escape(text);

    private static string Join<T>(IEnumerable<T> items, Func<T, string> render) => string.Join('\n', items.Select(render));
}

/// <summary>Everything the report shows, as plain values.</summary>
internal sealed record ReportContent
{
    /// <summary>Heading and title of the page.</summary>
    public required string Title { get; init; }

    /// <summary>What the page says, in a sentence or two.</summary>
    public required string Lead { get; init; }

    /// <summary>The figures that matter most, with their units: value and what it is.</summary>
    public required IReadOnlyList<(string Value, string Meaning)> Headlines { get; init; }

    /// <summary>Loss by epoch.</summary>
    public required IReadOnlyList<LossCurve> Losses { get; init; }

    /// <summary>How the loss is measured.</summary>
    public required string LossNote { get; init; }

    /// <summary>Original, noised and denoised pictures, one above the other.</summary>
    public required IReadOnlyList<ImageRow> Images { get; init; }

    /// <summary>What was done to the pictures, and how well it was undone.</summary>
    public required string ImageNote { get; init; }

    /// <summary>The arms, in the order shown.</summary>
    public required IReadOnlyList<AccuracyRow> Accuracies { get; init; }

    /// <summary>How the accuracies were measured.</summary>
    public required string AccuracyNote { get; init; }

    /// <summary>Set-up: name and value.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }
}

/// <summary>A row of pictures under one caption.</summary>
/// <param name="Caption">What the row shows, such as <c>noised</c>.</param>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines a picture.</param>
/// <param name="Images">Grey values of each picture, [height * width].</param>
/// <param name="Names">What each picture shows, such as <c>ankle boot</c>; one a picture.</param>
internal sealed record ImageRow(string Caption, int Width, int Height, IReadOnlyList<byte[]> Images, IReadOnlyList<string> Names);

/// <summary>One arm of the comparison.</summary>
/// <param name="Name">Short name, such as <c>frozen encoder</c>.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Accuracy">Accuracy on the test images, in [0, 1].</param>
/// <param name="IsOurs">Whether this is the arm that the page is about.</param>
internal sealed record AccuracyRow(string Name, string Description, DrawSummary Accuracy, bool IsOurs = false);
