using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>classify score</c>: labels and probabilities of the rows of a file.</summary>
internal sealed class ClassifyScoreCommand : RowFilesCommand
{
    private static readonly RowFileKinds Kinds = new(
        Model: "Run folder of 'classify fit', or its .zip or .onnx file.",
        Output: ".csv or .csv.gz, .npy for the probabilities alone",
        OutputFormats: "csv, csv.gz or npy",
        Pixels: "bytes are divided, numbers stay as they are",
        FormatIsOfOutputToo: false);

    private readonly Option<bool> _all = new("--all") { Description = "Write the probability of every class." };

    private readonly Option<double> _abstain = new Option<double>("--abstain")
    {
        Description = "Smallest probability of a label, from 0 to 1. Rows below it get no label.",
        HelpName = "P",
    }.Require("a probability from 0 to 1", value => value is >= 0 and <= 1);

    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "True labels to measure the accuracy with, as 'classify fit' takes them.",
        HelpName = "FILE",
    };

    public ClassifyScoreCommand(CliContext context)
        : base("score", "Labels the rows of a file with a classifier.", "runs/sorted --in images.idx --out sorted.csv", Kinds, context) =>
        Declare(_all, _abstain, _labels);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ClassifyScoreRequest request = Complete(
            new ClassifyScoreRequest
            {
                Model = ModelOf(arguments),
                Labels = arguments.GetValue(_labels),
                WritesAll = arguments.GetValue(_all),
                Abstain = arguments.GetValue(_abstain),
            },
            arguments);
        RequireDistinctFiles(arguments, request, (_labels.Name, request.Labels));
        var (model, scored) = await ScoreAsync(request, _ => ClassifyScorer.Open(request), cancellationToken);
        ClassifyScoreResult result = model.Describe(scored);
        string abstained = request.Abstain > 0 ? $", {Quantity.Number(result.Abstained)} without a label: no class reached {request.Abstain}" : "";
        Tell(
            request,
            scored,
            $"{Quantity.Of(result.Rows, "row")} in {Quantity.Seconds(result.Seconds)}, {Quantity.Rate(result.Rows, result.Seconds)}{abstained}",
            result.Measured is { } measured ? Measured(measured, request.Abstain > 0) : []);
        return result;
    }

    private static IEnumerable<string> Measured(ClassifyMeasure measured, bool abstains) =>
    [
        $"accuracy {Quantity.Percent(measured.Accuracy)} of {measured.Labels:N0} labels, calibration error {Quantity.Percent(measured.CalibrationError)}",
        .. abstains
            ? [$"{Quantity.Percent(measured.Coverage)} of them got a label, {Quantity.Percent(measured.AccuracyOfLabeled)} of these the right one"]
            : Array.Empty<string>(),
    ];
}
