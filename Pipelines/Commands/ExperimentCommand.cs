using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>experiment</c>: what few labels are worth, with and without a frozen encoder.</summary>
internal sealed class ExperimentCommand : CliCommand
{
    private readonly Option<string[]> dataSets = new("--data")
    {
        Description = "Data sets: fashion-mnist, mnist, or folders with four IDX files named like theirs.",
        HelpName = "NAME|FOLDER",
        DefaultValueFactory = _ => ["mnist"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double[]> fractions = new("--fractions")
    {
        Description = "Shares of the training labels, above 0 and at most 1. Several give the label-efficiency curve.",
        HelpName = "X",
        DefaultValueFactory = _ => [0.01],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> draws = new("--draws") { Description = "Number of random label slices.", HelpName = "N", DefaultValueFactory = _ => 10 };

    private readonly Option<ArmKind[]> arms = NamedChoice.Many<ArmKind>("--arms", "The ways to make a classifier. All where none is named.");

    private readonly Option<string[]> encoders = new("--encoder")
    {
        Description = "Encoders: run folders, .onnx files, or architectures, which are trained once. NAME=ENCODER is for that data set only; ENCODER:code or ENCODER:map chooses the layer. [default: the data set's own]",
        HelpName = "RUN|FILE|ID",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of the first draw and of the encoders that are trained here.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "Folder for slices, results, encoders and the report. Results that are there are not computed again.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("runs", "experiment"),
    };

    /// <summary>Declares what the command takes.</summary>
    public ExperimentCommand(CliContext context)
        : base("experiment", "Measures what few labels are worth: arms, draws, report.", context)
    {
        draws.RequireAtLeast(1);
        seed.RequireAtLeast(0);
        fractions.Validators.Add(result =>
        {
            if (result.Tokens.Select(token => token.Value).FirstOrDefault(IsNoShare) is { } wrong)
            {
                result.AddError($"--fractions must be above 0 and at most 1, not {wrong}.");
            }
        });
        foreach (Option option in (IEnumerable<Option>)[dataSets, fractions, draws, arms, encoders, seed, output])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] sets = [.. arguments.GetRequiredValue(dataSets).Distinct()];
        var request = new ExperimentRequest(
            sets,
            [.. arguments.GetRequiredValue(fractions).Distinct().Order()],
            arguments.GetValue(draws),
            arguments.GetValue(arms) is { Length: > 0 } kinds ? kinds : Enum.GetValues<ArmKind>(),
            [.. (arguments.GetValue(encoders) ?? []).Select(text => EncoderSpec.Parse(text, sets))],
            arguments.GetValue(seed),
            arguments.GetRequiredValue(output));
        return await new ExperimentRunner(Context, Context.DataSets, new ArmSettings()).RunAsync(request, cancellationToken);
    }

    // A token that is no number at all has an error of its own.
    private static bool IsNoShare(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double share) && !(share is > 0 and <= 1);
}
