using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;

namespace OnnxAE.Benchmarks;

/// <summary>A comparison of speed with other libraries, network by network; with the tree of commands that it is in.</summary>
internal abstract class BenchmarkCommand : CliCommand
{
    private readonly IReadOnlyList<string> _usual;
    private readonly Option<string[]> _models;
    private readonly Option<int> _rounds = CliOptions.Number("--rounds", "Measurements of each, in turn; medians are printed.", 7).RequireBetween(1, 1000);

    /// <summary>Declares what every comparison takes.</summary>
    /// <param name="name">What it is called on the command line.</param>
    /// <param name="description">What it does.</param>
    /// <param name="usual">The networks that are measured where none is named.</param>
    /// <param name="context">Console, error stream and clock.</param>
    protected BenchmarkCommand(string name, string description, IReadOnlyList<string> usual, CliContext context)
        : base(name, description, "--models dense-30 --rounds 3", context)
    {
        _usual = usual;
        _models = new Option<string[]>("--models")
        {
            Description = $"Which networks, with random weights. [default: {string.Join(" ", usual)}]",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
        };
        Declare(_models, _rounds);
    }

    /// <summary>The command tree of <c>./test --bench</c>.</summary>
    public static Command CreateRoot(CliContext context)
    {
        var bench = new Command("--bench", $"Speed. Besides the commands below, {HotPath.Name} takes BenchmarkDotNet's own arguments.")
        {
            CliCommand.Json,
            new ScoringCommand(context),
            new TrainingCommand(context),
        };
        bench.TreatUnmatchedTokensAsErrors = false; // the action has a better sentence for a name that there isn't
        bench.SetAction(int (arguments) => throw new UsageException(
            $"The benchmarks are scoring, training and {HotPath.Name}{(arguments.UnmatchedTokens is [var name, ..] ? $", not '{name}'" : "")}."));
        return new Command("./test") { CliHelp.Option(), bench };
    }

    /// <summary>Measures, and prints the figures.</summary>
    /// <returns>The figures, as an object that serialises to JSON.</returns>
    protected abstract Task<object> RunAsync(IReadOnlyList<Architecture> architectures, int rounds, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = arguments.GetValue(_models) is { Length: > 0 } named ? named : _usual;
        return RunAsync([.. ids.Select(ModelCatalog.Get)], arguments.GetValue(_rounds), cancellationToken);
    }

    /// <summary>Loads the training images of a known data set.</summary>
    protected static async Task<RowSet> LoadAsync(string dataSet, CancellationToken cancellationToken) =>
        (await new LabeledImagesLoader(new DataSetStore()).LoadAsync(dataSet, new Progress<DataSetProgress>(), cancellationToken)).Train;
}
