using System.CommandLine;
using System.Globalization;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// <c>encode</c>, <c>decode</c>, <c>reconstruct</c>, <c>denoise</c> and <c>score</c>: rows of a file through a model, in
/// batches.
/// </summary>
internal sealed class RowsCommand : CliCommand
{
    private const int ShownBadRows = 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly ScoringKind kind;
    private readonly Argument<string> model = new("MODEL") { Description = "A run folder, such as runs/demo-fashion-mnist, or an ONNX file." };

    private readonly Option<string> input = new("--in")
    {
        Description = "Rows to read: .idx, .csv or .npy (gzip-compressed or not), a folder of pictures, or - for standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "File to write: .csv, .csv.gz or .npy, for pixels also .idx, .idx.gz or a folder/ of .png or .pgm, or - for standard output.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> format = new("--format")
    {
        Description = "Format of standard input and output: csv, npy or idx. [default: by the file's name, else by content]",
        HelpName = "NAME",
    };

    private readonly Option<string?> outputFormat = new("--out-format")
    {
        Description = $"Format of what goes out: {OutputTarget.Names}. [default: by name; to standard output --format, else csv]",
        HelpName = "NAME",
    };

    private readonly Option<BadRowHandling?> onError = NamedChoice.Option<BadRowHandling>(
        "--on-error", "What becomes of a row of the wrong width, with a value that is no finite number, or of a damaged picture. [default: stop]");

    private readonly Option<string?> badRows = new("--bad-rows") { Description = "List every bad row in this .csv file: row, place, fault.", HelpName = "FILE" };

    private readonly Option<BytePixels?> pixels = NamedChoice.Option<BytePixels>(
        "--pixels", "What pixels become before the model sees them: unit divides bytes, or numbers up to 255, by 255; raw takes bytes as numbers. [default: bytes as its metadata says, numbers as they are]");

    private readonly Option<int> skipColumns = new("--skip-columns") { Description = "Cells to skip at the start of each .csv line, for example 1 for a label.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> withRows = new("--with-rows") { Description = "Begin each .csv line with the picture's file name or the row's number." };
    private readonly Option<int> batch = new("--batch") { Description = "Rows of one ONNX Runtime call. 0 chooses.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<int?> gpu = new("--gpu") { Description = "CUDA device. [default: the CPU]", HelpName = "ID" };
    private readonly Option<bool> variant;

    private RowsCommand(ScoringKind kind, string name, string description, CliContext context)
        : base(name, description, context)
    {
        this.kind = kind;
        variant = kind == ScoringKind.Score
            ? new Option<bool>("--error") { Description = "Score of an autoencoder: the mean squared error of each row's reconstruction. [default for a run with an autoencoder]" }
            : new Option<bool>("--features") { Description = "Read the layer before the code (map)." };
        skipColumns.RequireAtLeast(0);
        batch.RequireAtLeast(0);
        Add(model);
        foreach (Option option in new Option[] { input, output, format, outputFormat, onError, badRows, pixels, skipColumns, withRows, batch, gpu })
        {
            Add(option);
        }

        if (kind is ScoringKind.Score or ScoringKind.Encode)
        {
            Add(variant);
        }
    }

    /// <summary>The five commands.</summary>
    public static IEnumerable<RowsCommand> CreateAll(CliContext context) =>
    [
        new(ScoringKind.Encode, "encode", "Codes of the rows of a file, by a run's encoder.", context),
        new(ScoringKind.Decode, "decode", "Pixels of the codes of a file, by a run's decoder.", context),
        new(ScoringKind.Reconstruct, "reconstruct", "What a run's autoencoder makes of the rows of a file.", context),
        new(ScoringKind.Denoise, "denoise", "The rows of a file, cleaned by a run's denoising autoencoder.", context),
        new(ScoringKind.Score, "score", "How anomalous the rows of a file are to a run's autoencoder; or all outputs of any ONNX model.", context),
    ];

    /// <inheritdoc/>
    protected override bool NeedsLibtorch => false;

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string target = arguments.GetRequiredValue(output);
        string source = arguments.GetRequiredValue(input);

        // --format speaks of the stream among the two ends: a file's own name tells its format.
        bool isStream = OutputTarget.NamesStandardOutput(target);
        string? named = arguments.GetValue(outputFormat) ?? (isStream ? arguments.GetValue(format) : null);
        bool isOfOutput = isStream && source != OutputTarget.Standard && arguments.GetValue(outputFormat) is null;
        var request = new ScoringRequest
        {
            Kind = KindFor(arguments),
            Model = arguments.GetRequiredValue(model),
            Input = source,
            InputFormat = isOfOutput ? null : FormatNamed(arguments.GetValue(format)),
            Output = OutputTarget.Parse(target, named),
            OnError = arguments.GetValue(onError) ?? BadRowHandling.Stop,
            BadRowsFile = arguments.GetValue(badRows),
            Pixels = arguments.GetValue(pixels),
            SkippedCells = arguments.GetValue(skipColumns),
            WithRows = arguments.GetValue(withRows),
            BatchSize = arguments.GetValue(batch),
            GpuDeviceId = arguments.GetValue(gpu),
        };

        DistinctFiles.Require(
            (model.Name, ScoringModel.PathOf(request)), (input.Name, source), (output.Name, target), (badRows.Name, request.BadRowsFile), (Json.Name, arguments.GetValue(Json)));

        // What is not data must not come between data.
        CliContext told = request.Output.IsStandardOutput ? Context.OnError() : Context;
        ScoringResult result = await ProgressDisplay.For(told, Quiet).RunAsync(
            Name, step => Task.FromResult(new FileScorer(request, told, step, cancellationToken).Run()));
        Tell(told, request, result);
        return result;
    }

    private static void Tell(CliContext context, ScoringRequest request, ScoringResult result)
    {
        string rows = string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(result.Rows, "row")} of {result.ValuesPerRow:N0} in {result.Seconds:F1} s, {result.RowsPerSecond:N0} rows/s");
        context.WriteLine($"{(request.Output.IsStandardOutput ? "standard output" : request.Output.Path)}: {rows}");
        if (result.BadRows == 0)
        {
            return;
        }

        context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(result.BadRows, "bad row")} {(request.OnError == BadRowHandling.Null ? "written as missing" : "left out")}:"));
        foreach (BadRow row in result.FirstBadRows.Take(ShownBadRows))
        {
            context.WriteLine($"  {row}");
        }

        if (result.BadRows > ShownBadRows)
        {
            context.WriteLine($"  ... {(request.BadRowsFile is { } file ? $"all of them in {file}" : "--bad-rows FILE lists all of them")}");
        }
    }

    // A run's autoencoder is scored by its errors; a file is applied as it is unless errors are asked for.
    private ScoringKind KindFor(ParseResult arguments)
    {
        if (kind == ScoringKind.Encode)
        {
            return arguments.GetValue(variant) ? ScoringKind.Features : kind;
        }

        bool isRun = File.Exists(Path.Combine(arguments.GetRequiredValue(model), Training.OnnxNames.AutoencoderFile));
        return kind == ScoringKind.Score && (isRun || arguments.GetValue(variant)) ? ScoringKind.Error : kind;
    }

    private static RowFileFormat? FormatNamed(string? name) => name?.ToLowerInvariant() switch
    {
        null => null,
        "csv" or "csv.gz" => RowFileFormat.Csv,
        "npy" => RowFileFormat.Npy,
        "idx" or "idx.gz" => RowFileFormat.Idx,
        "png" or "pgm" => RowFileFormat.Pictures,
        _ => throw new UsageException($"Rows can't be read as '{name}'; the formats are csv, npy, idx and png."),
    };
}
