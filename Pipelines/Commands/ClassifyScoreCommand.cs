using System.CommandLine;
using OnnxAE.Inference;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary><c>classify score</c>: labels and probabilities of the rows of a file.</summary>
internal sealed class ClassifyScoreCommand : CliCommand
{
    private const int ShownBadRows = 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Argument<string> model = new("MODEL") { Description = "Run folder of 'classify fit', or its .zip or .onnx file." };

    private readonly Option<string> input = new("--in")
    {
        Description = "Rows to read: .idx, .csv or .npy (gzip-compressed or not), a folder of pictures, or - for standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "File to write: .csv or .csv.gz, .npy for the probabilities alone, or - for standard output.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> outputFormat = new("--out-format") { Description = "Output format: csv, csv.gz or npy. [default: by the file's name; csv for standard output]", HelpName = "NAME" };

    private readonly Option<RowFileFormat?> inputFormat = NamedChoice.Option<RowFileFormat>("--format", "Format of what comes in. [default: by name, else by content]");

    private readonly Option<bool> all = new("--all") { Description = "Write the probability of every class." };

    private readonly Option<double> abstain = new("--abstain")
    {
        Description = "Smallest probability of a label, from 0 to 1. Rows below it get no label.",
        HelpName = "P",
    };

    private readonly Option<string?> labels = new("--labels") { Description = "True labels to measure the accuracy with, as 'classify fit' takes them.", HelpName = "FILE" };

    private readonly Option<BadRowHandling?> onError = NamedChoice.Option<BadRowHandling>(
        "--on-error", "What becomes of a row of the wrong width, with a value that is no finite number, or of a damaged picture. [default: stop]");

    private readonly Option<string?> badRows = new("--bad-rows") { Description = "List every bad row in this .csv file: row, place, fault.", HelpName = "FILE" };

    private readonly Option<BytePixels?> pixels = NamedChoice.Option<BytePixels>(
        "--pixels", "What pixels become: unit divides bytes, or numbers up to 255, by 255; raw takes bytes as numbers. [default: bytes are divided, numbers stay as they are]");

    private readonly Option<int> skipColumns = new("--skip-columns") { Description = "Cells to skip at the start of each .csv line, for example 1 for a label.", HelpName = "N" };
    private readonly Option<bool> withRows = new("--with-rows") { Description = "Begin each .csv line with the picture's file name or the row's number." };

    /// <summary>Declares what the command takes.</summary>
    public ClassifyScoreCommand(CliContext context)
        : base("score", "Labels the rows of a file with a classifier of 'classify fit'.", context)
    {
        skipColumns.RequireAtLeast(0);
        Add(model);
        foreach (Option option in (IEnumerable<Option>)[input, output, inputFormat, outputFormat, all, abstain, labels, onError, badRows, pixels, skipColumns, withRows])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    protected override bool NeedsLibtorch => false;

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        double threshold = arguments.GetValue(abstain);
        if (threshold is not (>= 0 and <= 1))
        {
            throw new UsageException(FormattableString.Invariant($"--abstain must be a probability from 0 to 1, not {threshold}."));
        }

        string target = arguments.GetRequiredValue(output);
        DistinctFiles.Require(
            (input.Name, arguments.GetRequiredValue(input)), (output.Name, target), (labels.Name, arguments.GetValue(labels)), (badRows.Name, arguments.GetValue(badRows)), (Json.Name, arguments.GetValue(Json)));
        var request = new ClassifyScoreRequest
        {
            Model = arguments.GetRequiredValue(model),
            Input = arguments.GetRequiredValue(input),
            InputFormat = arguments.GetValue(inputFormat),
            Output = OutputTarget.Parse(target, arguments.GetValue(outputFormat)),
            Labels = arguments.GetValue(labels),
            WritesAll = arguments.GetValue(all),
            Abstain = threshold,
            OnError = arguments.GetValue(onError) ?? BadRowHandling.Stop,
            BadRowsFile = arguments.GetValue(badRows),
            Pixels = arguments.GetValue(pixels),
            SkippedCells = arguments.GetValue(skipColumns),
            WithRows = arguments.GetValue(withRows),
        };

        // What is not data must not come between data.
        CliContext told = request.Output.IsStandardOutput ? Context.OnError() : Context;
        ClassifyScoreResult result = await ProgressDisplay.For(told, Quiet).RunAsync(
            Name, step => Task.FromResult(new ClassifyScorer(request, told, step, cancellationToken).Run()));
        Tell(told, request, result);
        return result;
    }

    private static void Tell(CliContext context, ClassifyScoreRequest request, ClassifyScoreResult result)
    {
        string abstained = request.Abstain > 0 ? Invariant($", {result.Abstained:N0} without a label: no class reached {request.Abstain}") : "";
        context.WriteLine($"{(request.Output.IsStandardOutput ? "standard output" : request.Output.Path)}: "
            + Invariant($"{Quantity.Of(result.Rows, "row")} in {result.Seconds:F1} s, {result.RowsPerSecond:N0} rows/s") + abstained);
        if (result.Measured is { } measured)
        {
            context.WriteLine(Invariant($"accuracy {100 * measured.Accuracy:F2} % of {measured.Labels:N0} labels, calibration error {100 * measured.CalibrationError:F2} %"));
            if (request.Abstain > 0)
            {
                context.WriteLine(Invariant($"{100 * measured.Coverage:F2} % of them got a label, {100 * measured.AccuracyOfLabeled:F2} % of these the right one"));
            }
        }

        if (result.BadRows == 0)
        {
            return;
        }

        context.WriteLine(Invariant($"{Quantity.Of(result.BadRows, "bad row")} {(request.OnError == BadRowHandling.Null ? "written as missing" : "left out")}:"));
        foreach (BadRow row in result.FirstBadRows.Take(ShownBadRows))
        {
            context.WriteLine($"  {row}");
        }
    }
}
