using System.CommandLine;
using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// <c>encode</c>, <c>decode</c>, <c>reconstruct</c>, <c>denoise</c> and <c>score</c>: rows of a file through a part of a run, or
/// through any ONNX file.
/// </summary>
internal sealed class RowsCommand : RowFilesCommand
{
    private static readonly RowFileKinds Kinds = new(
        Model: "Run folder, for example runs/demo-fashion-mnist, or an ONNX file.",
        Output: ".csv, .csv.gz or .npy, for pixels also .idx, .idx.gz or a folder/ of .png or .pgm",
        OutputFormats: OutputTarget.Names,
        Pixels: "bytes as the model's metadata says, numbers as they are",
        FormatIsOfOutputToo: true);

    private readonly ScoringKind _kind;
    private readonly Option<int> _batch = CliOptions.Number("--batch", "Rows of one ONNX Runtime call. 0 chooses.", 0).RequireAtLeast(0);
    private readonly Option<int?> _gpu = new("--gpu") { Description = "CUDA device. [default: the CPU]", HelpName = "ID" };
    private readonly Option<string?> _means = new("--mean") { Description = "Mean of each channel, taken from pixels of 0 to 1, for example 0.485,0.456,0.406.", HelpName = "X,Y,Z" };
    private readonly Option<string?> _deviations = new("--deviation") { Description = "Deviation of each channel, which they are divided by then.", HelpName = "X,Y,Z" };
    private readonly Option<bool> _variant;

    private RowsCommand(ScoringKind kind, string name, string description, string example, CliContext context)
        : base(name, description, example, Kinds, context)
    {
        _kind = kind;
        _variant = kind == ScoringKind.Score
            ? new("--error") { Description = "Write the mean squared error of each row's reconstruction. [default: for a run with an autoencoder]" }
            : new("--features") { Description = "Write the map, the layer before the code." };
        Declare(_batch, _gpu, _means, _deviations);
        if (kind is ScoringKind.Score or ScoringKind.Encode)
        {
            Add(_variant);
        }
    }

    /// <summary>The five commands.</summary>
    public static IEnumerable<RowsCommand> CreateAll(CliContext context)
    {
        const string run = "runs/demo-fashion-mnist";
        return
        [
            new(ScoringKind.Encode, "encode", "Writes the code of each row of a file.", $"{run} --in images.idx --out codes.npy", context),
            new(ScoringKind.Decode, "decode", "Writes the pixels of each code of a file.", $"{run} --in codes.npy --out decoded/", context),
            new(ScoringKind.Reconstruct, "reconstruct", "Writes the reconstruction of each row of a file.", $"{run} --in images.idx --out rebuilt/", context),
            new(ScoringKind.Reconstruct, "denoise", "Removes damage from each row of a file.", $"{run} --in images.idx --out clean/", context),
            new(ScoringKind.Score, "score", "Writes each row's anomaly score, or a model's outputs.", $"{run} --in images.idx --out scores.csv", context),
        ];
    }

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ScoringRequest request = Complete(
            new ScoringRequest
            {
                Kind = KindFor(arguments),
                Model = ModelOf(arguments),
                BatchSize = arguments.GetValue(_batch),
                GpuDeviceId = arguments.GetValue(_gpu),
                ChannelMeans = Numbers(_means, arguments),
                ChannelDeviations = Numbers(_deviations, arguments),
            },
            arguments);
        RequireDistinctFiles(arguments, request, ("MODEL", ScoringModel.PathOf(request)));
        bool isTable = TableModel.Takes(request) && RowSource.FormatOf(request.Input) is null or RowFileFormat.Csv;
        var (_, result) = await ScoreAsync<RowModel>(
            request, log => isTable ? TableModel.Open(request) : ScoringModel.Open(request, log), cancellationToken);
        string rows = $"{Quantity.Of(result.Rows, "row")} of {Quantity.Number(result.ValuesPerRow)}";
        Tell(request, result, $"{rows} in {Quantity.Seconds(result.Seconds)}, {Quantity.Rate(result.Rows, result.Seconds)}");
        return result;
    }

    private static float[] Numbers(Option<string?> option, ParseResult arguments) =>
    [
        .. (arguments.GetValue(option)?.Split(',') ?? []).Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
            ? number
            : throw new UsageException($"'{part.Trim()}' in {option.Name} is no number; expected one a channel, separated by commas, such as 0.485,0.456,0.406.")),
    ];

    // A run's autoencoder is scored by its errors; a file is applied as it is unless errors are asked for.
    private ScoringKind KindFor(ParseResult arguments) => _kind switch
    {
        ScoringKind.Encode when arguments.GetValue(_variant) => ScoringKind.Features,
        ScoringKind.Score when arguments.GetValue(_variant) || File.Exists(Path.Combine(ModelOf(arguments), OnnxNames.AutoencoderFile)) => ScoringKind.Error,
        _ => _kind,
    };
}
