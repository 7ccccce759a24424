using System.Globalization;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Exported files against the network, a line a file.</summary>
internal static class VerificationTable
{
    /// <summary>Prints it.</summary>
    /// <exception cref="IncompleteException">A graph differs; the report goes into <c>--json</c> all the same.</exception>
    public static void Write(CliContext context, VerificationReport report)
    {
        var table = new ResultTable("file", "output row", "#images", "#difference", "#relative", "#allowed", "edge inputs", "");
        foreach (GraphVerification graph in report.Graphs)
        {
            table.Add(
                graph.File,
                OutputOf(graph.Cases[0]),
                graph.Rows.ToString("N0", CultureInfo.InvariantCulture),
                graph.MaxAbsoluteDifference.ToString("0.0e+0", CultureInfo.InvariantCulture),
                graph.MaxRelativeDifference.ToString("0.0e+0", CultureInfo.InvariantCulture),
                graph.Limit.ToString("0.0e+0", CultureInfo.InvariantCulture),
                string.Join(", ", graph.EdgeCases.Select(Describe)),
                graph.Passed ? "passed" : "FAILED");
        }

        table.Write(context);
        foreach (GraphVerification graph in report.Graphs.Where(graph => graph.Rounded is not null))
        {
            RoundingAllowance rounding = graph.Rounded!.Rounding!;
            context.WriteLine(FormattableString.Invariant(
                $"{graph.File}: the numbers inside go up to {rounding.LargestNumber:0.0e+0}, which 32-bit floats round by up to {rounding.Allowed:0.0e+0} (input: {graph.Rounded.Input})."));
        }

        if (report.Failure is { } sentence)
        {
            throw new IncompleteException(sentence, report);
        }
    }

    private static string OutputOf(VerificationCase verified) =>
        verified.Shape.Count == 0 ? "none" : $"{verified.ElementType.ToLowerInvariant()} [{string.Join(", ", verified.Shape.Skip(1))}]";

    private static string Describe(VerificationCase edge) =>
        !edge.Passed ? $"{edge.Input} FAILED" : edge.LostNaNs > 0 ? $"{edge.Input} ({edge.LostNaNs} lost)" : edge.Input;
}
