using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>demo</c>: the whole product on real data in a few minutes.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const string DefaultDataSet = "fashion-mnist";

    private readonly Option<string?> dataSet = DataSetOption.Of(
        $"fashion-mnist, mnist, or a folder with four IDX files named as theirs. [default: {DefaultDataSet}]");

    private readonly Option<int?> epochs = new("--epochs")
    {
        Description = "Epochs: passes over the training images. [default: the architecture's own]",
        HelpName = "N",
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of all random numbers. The same seed gives the same figures.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> output = new("--out")
    {
        Description = "Run folder to write. An earlier run there is replaced; any other folder is refused. [default: runs/demo-NAME]",
        HelpName = "FOLDER",
    };

    /// <summary>Declares what the command takes.</summary>
    public DemoCommand(CliContext context)
        : base("demo", "Trains, exports, verifies, denoises and classifies, from data to report.", context)
    {
        epochs.RequireAtLeast(1);
        seed.RequireAtLeast(0);
        Add(dataSet);
        Add(epochs);
        Add(seed);
        Add(output);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var request = new DemoRequest(
            arguments.GetValue(dataSet) ?? DefaultDataSet, arguments.GetValue(output), arguments.GetValue(seed), arguments.GetValue(epochs));
        return await new DemoStudy(Context, Context.DataSets, new DemoSettings()).RunAsync(request, cancellationToken);
    }
}
