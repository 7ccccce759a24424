using System.Globalization;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Cli;

/// <summary>Exported files against the network, a line a file.</summary>
internal static class VerificationTable
{
    /// <summary>Prints it.</summary>
    public static void Write(CliContext context, VerificationReport report)
    {
        var table = new ResultTable("file", "#images", "#largest difference", "#allowed there", "edge inputs", "");
        foreach (GraphVerification graph in report.Graphs)
        {
            table.Add(
                graph.File,
                graph.Rows.ToString("N0", CultureInfo.InvariantCulture),
                graph.MaxAbsoluteDifference.ToString("0.0e+0", CultureInfo.InvariantCulture),
                graph.Limit.ToString("0.0e+0", CultureInfo.InvariantCulture),
                string.Join(", ", graph.EdgeCases.Select(Describe)),
                graph.Passed ? "passed" : "FAILED");
        }

        table.Write(context);
    }

    private static string Describe(VerificationCase edge) =>
        !edge.Passed ? $"{edge.Input} FAILED" : edge.LostNaNs > 0 ? $"{edge.Input} ({edge.LostNaNs} lost)" : edge.Input;
}
