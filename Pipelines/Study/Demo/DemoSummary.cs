using System.Globalization;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>What the demo prints at its end: the table, where everything is, and what to try next.</summary>
internal static class DemoSummary
{
    /// <summary>Prints it.</summary>
    public static void Write(CliContext cli, DemoResult result, string folder)
    {
        string images = result.Encode.Images.ToString("N0", CultureInfo.InvariantCulture);
        var table = new ResultTable($"{result.Classify.Labels} labels, {images} test images", "frozen", "#accuracy", "#sd", "each draw");
        foreach (ArmResult arm in result.Classify.Arms)
        {
            table.Add(arm.Name, arm.Frozen ? "yes" : "", Percent(arm.MeanAccuracy), Percent(arm.Sd), string.Join("  ", arm.PerDraw.Select(Percent)));
        }

        table.Write(cli);
        string shown = Path.GetRelativePath(Environment.CurrentDirectory, folder);
        shown = shown.StartsWith("..", StringComparison.Ordinal) ? folder : shown;
        string encoder = Path.Combine(shown, OnnxNames.EncoderFile);
        cli.WriteLine($"Report:   {Path.Combine(shown, ReportStep.FileName)}");
        cli.WriteLine($"Run:      {shown}");
        cli.WriteLine();
        cli.WriteLine("Try next:");
        cli.WriteLine($"  ./onnxae info {encoder}");
        cli.WriteLine($"  ./onnxae demo --data {(result.Dataset == "mnist" ? "fashion-mnist" : "mnist")}");
        cli.WriteLine($"  ./onnxae classify score {shown} --in pictures/ --out answers.csv");
        cli.WriteLine($"  ml.Transforms.ApplyOnnxEncoder(\"Features\", \"Pixels\", \"{encoder}\")   // in your own ML.NET pipeline");
    }

    private static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture) + " %";
}
