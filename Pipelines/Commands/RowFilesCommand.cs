using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A command that puts the rows of a file through a model and writes a file, in batches.</summary>
internal abstract class RowFilesCommand : CliCommand
{
    private const int ShownBadRows = 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Option<string> _input = new("--in")
    {
        Description = "Rows to read: .idx, .csv or .npy (gzip-compressed or not), a folder of pictures, or - for standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<BadRowHandling?> _onError = NamedChoice.Option<BadRowHandling>(
        "--on-error", "What to do with a bad row: a wrong number of values, a value that is no finite number, or a damaged picture. [default: stop]");

    private readonly Option<string?> _badRows = new("--bad-rows") { Description = "List every bad row in this .csv file: row, place, fault.", HelpName = "FILE" };

    private readonly Option<int> _skipColumns = CliOptions.Number(
        "--skip-columns", "Cells to skip at the start of each .csv line, for example 1 for a label.", 0).RequireAtLeast(0);

    private readonly Option<bool> _withRows = new("--with-rows") { Description = "Begin each .csv line with the picture's file name or the row's number." };
    private readonly RowFileKinds _kinds;
    private readonly Argument<string> _model;
    private readonly Option<string> _output;
    private readonly Option<string?> _format;
    private readonly Option<string?> _outputFormat;
    private readonly Option<BytePixels?> _pixels;

    /// <summary>Declares what all of these commands take.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it does, in a line.</param>
    /// <param name="example">What stands behind the name in a real command line.</param>
    /// <param name="kinds">What goes in and out.</param>
    /// <param name="context">Console, error stream and clock.</param>
    protected RowFilesCommand(string name, string description, string example, RowFileKinds kinds, CliContext context)
        : base(name, description, example, context)
    {
        _kinds = kinds;
        _model = new Argument<string>("MODEL") { Description = kinds.Model };
        _output = new Option<string>("--out") { Description = $"File to write: {kinds.Output}, or - for standard output.", HelpName = "FILE", Required = true };
        _format = new Option<string?>("--format")
        {
            Description = $"Format of {(kinds.FormatIsOfOutputToo ? "standard input and output" : "the input")}: csv, npy, idx or pictures. "
                + "[default: by the file's name, else by content]",
            HelpName = "NAME",
        };
        _outputFormat = new Option<string?>("--out-format")
        {
            Description = $"Format of the output: {kinds.OutputFormats}. "
                + $"[default: by the file's name; standard output: {(kinds.FormatIsOfOutputToo ? "--format, else csv" : "csv")}]",
            HelpName = "NAME",
        };
        _pixels = CliOptions.Pixels(kinds.Pixels);
        Declare(_model, _input, _output, _format, _outputFormat, _onError, _badRows, _pixels, _skipColumns, _withRows);
    }

    protected override bool NeedsLibtorch => false;

    /// <summary>The model that the command line names.</summary>
    protected string ModelOf(ParseResult arguments) => arguments.GetRequiredValue(_model);

    /// <summary>Fills in what all requests have.</summary>
    protected TRequest Complete<TRequest>(TRequest request, ParseResult arguments)
        where TRequest : RowsRequest
    {
        string source = arguments.GetRequiredValue(_input), target = arguments.GetRequiredValue(_output);
        string? format = arguments.GetValue(_format), outputFormat = arguments.GetValue(_outputFormat);

        // --format speaks of the stream among the two ends: a file's own name tells its format.
        bool isOfOutput = _kinds.FormatIsOfOutputToo && OutputTarget.NamesStandardOutput(target) && outputFormat is null;
        return request with
        {
            Input = source,
            InputFormat = isOfOutput && source != OutputTarget.Standard ? null : FormatNamed(format),
            Output = OutputTarget.Parse(target, isOfOutput ? format : outputFormat),
            OnError = arguments.GetValue(_onError) ?? BadRowHandling.Stop,
            BadRowsFile = arguments.GetValue(_badRows),
            Pixels = arguments.GetValue(_pixels),
            SkippedCells = arguments.GetValue(_skipColumns),
            WithRows = arguments.GetValue(_withRows),
        };
    }

    /// <summary>Refuses to write over what is read, or two things to one file.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="request">What it asks for.</param>
    /// <param name="read">Other files that are read, by the options that name them.</param>
    protected void RequireDistinctFiles(ParseResult arguments, RowsRequest request, params (string Option, string? Path)[] read) => DistinctFiles.Require(
    [
        .. read,
        (_input.Name, request.Input),
        (_output.Name, arguments.GetValue(_output)),
        (_badRows.Name, request.BadRowsFile),
        (Json.Name, arguments.GetValue(Json)),
    ]);

    /// <summary>Scores the rows and shows the progress.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="open">Opens the model; takes what a user should know.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The model, which is closed, and the figures.</returns>
    protected async Task<(TModel Model, ScoringResult Result)> ScoreAsync<TModel>(
        RowsRequest request, Func<Action<string>, TModel> open, CancellationToken cancellationToken)
        where TModel : RowModel
    {
        CliContext context = ContextOf(request);
        return await ProgressDisplay.For(context, Quiet).RunAsync(Name, step =>
        {
            using TModel model = open(context.Error.WriteLine);
            return Task.FromResult((model, new FileScorer(request, model, context, step, cancellationToken).Run()));
        });
    }

    /// <summary>Says what was written, and which rows were bad.</summary>
    protected void Tell(RowsRequest request, ScoringResult result, string written, params IEnumerable<string> more)
    {
        IEnumerable<string> lines =
        [
            $"{(request.Output.IsStandardOutput ? "standard output" : request.Output.Path)}: {written}",
            .. more,
            .. result.BadRows > 0 ? BadRows(request, result) : [],
        ];
        CliContext context = ContextOf(request);
        foreach (string line in lines)
        {
            context.WriteLine(line);
        }
    }

    // What is not data must not come between data.
    private CliContext ContextOf(RowsRequest request) => request.Output.IsStandardOutput ? Context.OnError() : Context;

    private static IEnumerable<string> BadRows(RowsRequest request, ScoringResult result) =>
    [
        $"{Quantity.Of(result.BadRows, "bad row")} {(request.OnError == BadRowHandling.Null ? "written as missing" : "left out")}:",
        .. result.FirstBadRows.Take(ShownBadRows).Select(row => $"  {row}"),
        .. result.BadRows > ShownBadRows
            ? [$"  ... {(request.BadRowsFile is { } file ? $"all of them in {file}" : "--bad-rows FILE lists all of them")}"]
            : Array.Empty<string>(),
    ];

    private static RowFileFormat? FormatNamed(string? name) => name?.ToLowerInvariant() switch
    {
        null => null,
        "csv" or "csv.gz" => RowFileFormat.Csv,
        "npy" => RowFileFormat.Npy,
        "idx" or "idx.gz" => RowFileFormat.Idx,
        "pictures" or "png" or "pgm" => RowFileFormat.Pictures,
        _ => throw new UsageException($"Rows can't be read as '{name}'; the formats are csv, npy, idx and pictures."),
    };
}

/// <summary>What goes into a command of rows, and what comes out.</summary>
/// <param name="Model">What the model may be, in a sentence.</param>
/// <param name="Output">The files that can be written.</param>
/// <param name="OutputFormats">The names of their formats.</param>
/// <param name="Pixels">What becomes of pixels without <c>--pixels</c>.</param>
/// <param name="FormatIsOfOutputToo">Whether <c>--format</c> speaks of standard output too.</param>
internal sealed record RowFileKinds(string Model, string Output, string OutputFormats, string Pixels, bool FormatIsOfOutputToo);
