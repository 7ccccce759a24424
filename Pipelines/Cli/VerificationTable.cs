using System.Globalization;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Cli;

/// <summary>Exported files against the network, a line a file.</summary>
internal static class VerificationTable
{
    /// <summary>Prints it.</summary>
    public static void Write(CliContext context, VerificationReport report)
    {
        var table = new ResultTable("file", "#images", "#largest difference", "#allowed", "");
        foreach (GraphVerification graph in report.Graphs)
        {
            table.Add(
                graph.File,
                graph.Rows.ToString("N0", CultureInfo.InvariantCulture),
                graph.MaxAbsoluteDifference.ToString("0.0e+0", CultureInfo.InvariantCulture),
                graph.Limit.ToString("0.0e+0", CultureInfo.InvariantCulture),
                graph.Passed ? "passed" : "FAILED");
        }

        table.Write(context);
    }
}
