using static System.FormattableString;

namespace OnnxAE.Pipelines;

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
