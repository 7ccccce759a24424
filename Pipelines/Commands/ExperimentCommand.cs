using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>experiment</c>: what few labels are worth, with and without a frozen encoder.</summary>
internal sealed class ExperimentCommand : CliCommand
{
    private readonly Option<string[]> _dataSets = new("--data")
    {
        Description = "Data sets: fashion-mnist, mnist, folders of pictures with a folder a class, or folders with four IDX files.",
        HelpName = "NAME|FOLDER",
        DefaultValueFactory = _ => ["mnist"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly DataOptions _dataOptions = new();

    private readonly Option<double[]> _fractions = new Option<double[]>("--fractions")
    {
        Description = "Shares of the training labels, above 0 and at most 1. Several give the label-efficiency curve.",
        HelpName = "X",
        DefaultValueFactory = _ => [0.01],
        AllowMultipleArgumentsPerToken = true,
    }.RequireShare();

    private readonly Option<int> _draws = CliOptions.Number("--draws", "Number of random label slices.", 10).RequireAtLeast(1);
    private readonly Option<ArmKind[]> _arms = NamedChoice.Many<ArmKind>("--arms", "Arms to measure. [default: all]");

    private readonly Option<string[]> _encoders = new("--encoder")
    {
        Description = "Encoders: run folders, .onnx files, or architectures, which are trained once. NAME=ENCODER is for that data set only; "
            + "ENCODER:code or ENCODER:map chooses the layer. [default: the data set's own]",
        HelpName = "RUN|FILE|ID",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _seed = CliOptions.Seed("Seed of the first draw and of the encoders that are trained here.");

    private readonly Option<string> _output = new("--out")
    {
        Description = "Folder for slices, results, encoders and the report. Results that are there are not computed again.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("runs", "experiment"),
    };

    public ExperimentCommand(CliContext context)
        : base("experiment", "Compares classifiers trained on few labels.", "--data mnist --arms raw frozen --draws 3", context) =>
        Declare([_dataSets, .. _dataOptions.All(), _fractions, _draws, _arms, _encoders, _seed, _output]);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] sets = [.. arguments.GetRequiredValue(_dataSets).Distinct()];
        var request = new ExperimentRequest(
            sets,
            [.. arguments.GetRequiredValue(_fractions).Distinct().Order()],
            arguments.GetValue(_draws),
            arguments.GetValue(_arms) is { Length: > 0 } kinds ? kinds : Enum.GetValues<ArmKind>(),
            [.. (arguments.GetValue(_encoders) ?? []).Select(text => EncoderSpec.Parse(text, sets))],
            arguments.GetValue(_seed),
            arguments.GetRequiredValue(_output))
        {
            Data = source => _dataOptions.Read(source, arguments),
        };
        return await new ExperimentRunner(Context, Context.DataSets, new ArmSettings()).RunAsync(request, cancellationToken);
    }
}
