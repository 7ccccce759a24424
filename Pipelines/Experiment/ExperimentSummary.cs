using System.Globalization;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.FewLabels;

namespace OnnxAE.Pipelines.Experiment;

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
        cli.WriteLine(Text($"{cell.Dataset}, {100 * cell.Fraction:G3} % of the labels ({cell.Labels:N0}), {cell.Draws} draw{(cell.Draws == 1 ? "" : "s")}; accuracy on all test images"));
        var table = new ResultTable("arm", "frozen", "#error %", "#sd", "#points above control", "#sd", "#better/worse", "#s a draw", "#s once");
        foreach (ArmResult arm in cell.Arms)
        {
            table.Add(
                arm.Name,
                arm.Frozen ? "yes" : "",
                Percent(1 - arm.MeanAccuracy),
                cell.Draws > 1 ? Percent(arm.Sd) : "-",
                arm.Difference is { } difference ? Text($"{100 * difference.Mean:+0.00;-0.00;0.00}") : arm.Name == cell.Control ? "control" : "-",
                arm.Difference is not null && cell.Draws > 1 ? Percent(arm.Difference.Sd) : "",
                arm.Difference is { } count ? Text($"{count.Better}/{count.Worse}") : "",
                Text($"{arm.SecondsPerDraw:F1}"),
                Text($"{arm.PreparationSeconds + arm.PretrainingSeconds:F0}"));
        }

        table.Write(cli);
        foreach (var skipped in cell.Skipped.GroupBy(arm => arm.Reason))
        {
            cli.WriteLine($"Left out: {string.Join(", ", skipped.Select(arm => arm.Name))}: {skipped.Key}.");
        }
    }

    private static string Percent(double share) => Text($"{100 * share:F2}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
