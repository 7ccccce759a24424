using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>Renders an experiment as one HTML file: the label-efficiency curve of each data set, and its tables.</summary>
internal static class ExperimentPage
{
    private static readonly HtmlTemplate Page = HtmlTemplate.FromResource("experiment.html");

    // What the chart shows where the arms are more than its colours: of each kind the best.
    private static readonly ArmKind[] InChart =
        [ArmKind.LabelSpreadingMlp, ArmKind.LabelSpreading, ArmKind.Frozen, ArmKind.FineTuned, ArmKind.ScratchAugmented, ArmKind.Raw];

    /// <summary>The whole page.</summary>
    public static string Render(ExperimentResult result) => Page.Render(new Dictionary<string, string>
    {
        ["style"] = HtmlTemplate.Style,
        ["title"] = $"What few labels are worth: {string.Join(", ", result.Cells.Select(cell => cell.Dataset).Distinct())}",
        ["lead"] = Invariant($"Classifiers from a share of the training labels, measured on all test images, which nothing was fitted to or chosen by. Each line of a table is the mean of as many draws of the labels as it says; differences are taken draw by draw."),
        ["headlines"] = Join(result.Cells.Where(cell => cell.Arms.Count > 0), Headline),
        ["sections"] = Join(result.Cells.GroupBy(cell => cell.Dataset), RenderDataSet),
        ["facts"] = Join(Facts(result), fact => $"<div><dt>{Escape(fact.Name)}</dt><dd>{Escape(fact.Value)}</dd></div>"),
    });

    /// <summary>The curves of a data set, the best arm of each kind.</summary>
    public static IReadOnlyList<EfficiencyCurve> Curves(IReadOnlyCollection<CellResult> cells) =>
    [
        .. InChart
            .Select(kind => cells.SelectMany(cell => cell.Arms).Where(arm => arm.Kind == kind).GroupBy(arm => arm.Name).MaxBy(arm => arm.Average(cell => cell.MeanAccuracy))?.Key)
            .OfType<string>()
            .Select(name => new EfficiencyCurve(name, [.. cells.OrderBy(cell => cell.Labels).SelectMany(cell => PointsOf(cell, name))])),
    ];

    private static IEnumerable<(int Labels, double Error, double Sd)> PointsOf(CellResult cell, string name) =>
        cell.Arms.Where(arm => arm.Name == name).Select(arm => (cell.Labels, 100 * (1 - arm.MeanAccuracy), 100 * arm.Sd));

    private static string Headline(CellResult cell)
    {
        ArmResult best = cell.Arms.Where(arm => arm.Frozen).DefaultIfEmpty(cell.Arms[0]).MaxBy(arm => arm.MeanAccuracy)!;
        return $"<li><b>{Error(best)} %</b><span>{Escape(Invariant($"{cell.Dataset}, {cell.Labels:N0} labels: error of {best.Name}"))}</span></li>";
    }

    private static string RenderDataSet(IGrouping<string, CellResult> cells)
    {
        string chart = cells.Count() > 1 ? "<p class=\"note\">Mean error ± standard deviation by number of labels, the best arm of each kind.</p>" + EfficiencyChart.Render(Curves([.. cells])) : "";
        return $"<h2>{Escape(cells.Key)}</h2>\n{chart}\n{Join(cells, RenderTable)}";
    }

    private static string RenderTable(CellResult cell) => $"""
        <h3>{Invariant($"{100 * cell.Fraction:G3} % of the labels: {cell.Labels:N0}, {cell.Draws} draw{(cell.Draws == 1 ? "" : "s")}")}</h3>
        <div class="scroll"><table>
          <thead><tr><th scope="col">arm</th><th scope="col">error</th><th scope="col">accuracy above control</th><th scope="col">error of each draw</th><th scope="col">cost</th></tr></thead>
          <tbody>
        {Join(cell.Arms, arm => RenderArm(arm, arm.Name == cell.Control))}
          </tbody>
        </table></div>
        {Join(cell.Skipped.GroupBy(arm => arm.Reason), arms => $"<p class=\"note\">Left out: {Escape(string.Join(", ", arms.Select(arm => arm.Name)))}: {Escape(arms.Key)}.</p>")}
        """;

    private static string RenderArm(ArmResult arm, bool isControl)
    {
        string difference = arm.Difference is { } d
            ? Invariant($"{100 * d.Mean:+0.00;−0.00;0.00} points<small>± {100 * d.Sd:F2}, better in {d.Better}, worse in {d.Worse}</small>")
            : isControl ? "control" : "";
        return $"""
            <tr{(arm.Frozen ? " class=\"ours\"" : "")}>
              <th scope="row">{Escape(arm.Name)}<small>{Escape(arm.Description)}</small></th>
              <td class="number">{Error(arm)} %<small>± {Invariant($"{100 * arm.Sd:F2}")}</small></td>
              <td class="number">{difference}</td>
              <td><small>{string.Join(" · ", arm.PerDraw.Select(accuracy => Invariant($"{100 * (1 - accuracy):F2}")))}</small></td>
              <td class="number">{Invariant($"{arm.SecondsPerDraw:F1} s a draw<small>{arm.PreparationSeconds + arm.PretrainingSeconds:F0} s once</small>")}</td>
            </tr>
            """;
    }

    private static IEnumerable<(string Name, string Value)> Facts(ExperimentResult result) =>
    [
        ("first seed", Invariant($"{result.Seed}")),
        .. result.Encoders.Select(file => ($"{Path.GetFileName(file.Key)} sha256", file.Value)),
        ("cores", Invariant($"{result.Cores}")),
        .. result.Libraries.Select(component => (component.Name, component.Version)),
    ];

    private static string Error(ArmResult arm) => Invariant($"{100 * (1 - arm.MeanAccuracy):F2}");

    private static string Escape(string text) => HtmlTemplate.Escape(text);

    private static string Join<T>(IEnumerable<T> items, Func<T, string> render) => string.Join('\n', items.Select(render));
}

/// <summary>What the experiment prints at its end: a table for each data set and share of the labels.</summary>
internal static class ExperimentSummary
{
    /// <summary>Prints it.</summary>
    public static void Write(CliContext cli, ExperimentResult result)
    {
        foreach (CellResult cell in result.Cells)
        {
            Write(cli, cell);
        }

        if (result.Encoders.Count > 0)
        {
            cli.WriteLine($"Encoders unchanged: {string.Join(", ", result.Encoders.Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file.Key))}/{Path.GetFileName(file.Key)} {file.Value[..12]}"))}");
        }

        cli.WriteLine($"Report: {result.Report}");
    }

    private static void Write(CliContext cli, CellResult cell)
    {
        cli.WriteLine(Invariant($"{cell.Dataset}, {100 * cell.Fraction:G3} % of the labels ({cell.Labels:N0}), {cell.Draws} draw{(cell.Draws == 1 ? "" : "s")}; accuracy on all test images"));
        var table = new ResultTable("arm", "frozen", "#error %", "#sd", "#points above control", "#sd", "#better/worse", "#s a draw", "#s once");
        foreach (ArmResult arm in cell.Arms)
        {
            table.Add(
                arm.Name,
                arm.Frozen ? "yes" : "",
                Percent(1 - arm.MeanAccuracy),
                cell.Draws > 1 ? Percent(arm.Sd) : "-",
                arm.Difference is { } difference ? Invariant($"{100 * difference.Mean:+0.00;-0.00;0.00}") : arm.Name == cell.Control ? "control" : "-",
                arm.Difference is not null && cell.Draws > 1 ? Percent(arm.Difference.Sd) : "",
                arm.Difference is { } count ? Invariant($"{count.Better}/{count.Worse}") : "",
                Invariant($"{arm.SecondsPerDraw:F1}"),
                Invariant($"{arm.PreparationSeconds + arm.PretrainingSeconds:F0}"));
        }

        table.Write(cli);
        foreach (var skipped in cell.Skipped.GroupBy(arm => arm.Reason))
        {
            cli.WriteLine($"Left out: {string.Join(", ", skipped.Select(arm => arm.Name))}: {skipped.Key}.");
        }
    }

    private static string Percent(double share) => Invariant($"{100 * share:F2}");
}
