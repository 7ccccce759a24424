using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>verify</c>: a run's ONNX files against its weights in TorchSharp, on the whole test set.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private readonly Argument<string> _run = CliOptions.Run();
    private readonly Option<string?> _dataSet = CliOptions.Data("Data set or folder to take test images from. [default: the run's own]");

    public VerifyCommand(CliContext context)
        : base("verify", "Compares a run's ONNX files with its TorchSharp weights.", "runs/demo-fashion-mnist", context) => Declare(_run, _dataSet);

    /// <summary>Compares exported files with the network on the test images of a data set, and prints a line a file.</summary>
    /// <param name="context">The console.</param>
    /// <param name="data">The data set or folder.</param>
    /// <param name="verify">Compares.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="IncompleteException">A graph differs; the report goes into <c>--json</c> all the same.</exception>
    public static async Task<VerificationReport> VerifyAsync(
        CliContext context, DataRequest data, Func<RowSet, VerificationReport> verify, CancellationToken cancellationToken)
    {
        VerificationReport report = await ProgressDisplay.For(context).RunAsync("Verifying", async step =>
            verify((await new LabeledImagesLoader(context.DataSets).LoadAsync(data, step, cancellationToken)).Test));
        var table = new ResultTable("file", "output row", "#images", "#difference", "#relative", "#allowed", "edge inputs", "");
        foreach (GraphVerification graph in report.Graphs)
        {
            table.Add(
                graph.File,
                OutputOf(graph.Cases[0]),
                Quantity.Number(graph.Rows),
                Quantity.Difference(graph.MaxAbsoluteDifference),
                Quantity.Difference(graph.MaxRelativeDifference),
                Quantity.Difference(graph.Limit),
                string.Join(", ", graph.EdgeCases.Select(Describe)),
                graph.Passed ? "passed" : "FAILED");
        }

        table.Write(context);
        foreach (GraphVerification graph in report.Graphs.Where(graph => graph.Rounded is not null))
        {
            RoundingAllowance rounding = graph.Rounded!.Rounding!;
            context.WriteLine($"{graph.File}: the numbers inside go up to {rounding.LargestNumber:0.0e+0}, which 32-bit floats round by up to {rounding.Allowed:0.0e+0} (input: {graph.Rounded.Input}).");
        }

        return report.Failure is { } sentence ? throw new IncompleteException(sentence, report) : report;
    }

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.GetRequiredValue(_run);
        RunRecord record = RunRecord.Load(folder);
        using EncoderNetwork model = RunWeights.LoadNetwork(folder, record);
        DataRequest data = DataRequest.For(record, arguments.GetValue(_dataSet));
        return await VerifyAsync(Context, data, images => RunGraphs.Verify(model, folder, images, cancellationToken), cancellationToken);
    }

    private static string OutputOf(VerificationCase verified) =>
        verified.Shape.Count == 0 ? "none" : $"{verified.ElementType.ToLowerInvariant()} [{string.Join(", ", verified.Shape.Skip(1))}]";

    private static string Describe(VerificationCase edge) =>
        !edge.Passed ? $"{edge.Input} FAILED" : edge.LostNaNs > 0 ? $"{edge.Input} ({edge.LostNaNs} lost)" : edge.Input;
}
