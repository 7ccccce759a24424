using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>demo</c>: the whole product on real data in a few minutes.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const string DefaultDataSet = "fashion-mnist";

    private readonly Option<string?> _dataSet = CliOptions.Data(
        $"fashion-mnist, mnist, or a folder with four IDX files named as theirs. [default: {DefaultDataSet}]");

    private readonly Option<int?> _epochs = CliOptions.Number(
        "--epochs", "Epochs: passes over the training images. [default: the architecture's own]").RequireAtLeast(1);

    private readonly Option<int> _seed = CliOptions.Seed("Seed of all random numbers. The same seed gives the same figures.");

    private readonly Option<string?> _output = new("--out")
    {
        Description = "Run folder to write. An earlier run there is replaced; any other folder is refused. [default: runs/demo-NAME]",
        HelpName = "FOLDER",
    };

    public DemoCommand(CliContext context)
        : base("demo", "Trains, exports, verifies, denoises, classifies: 5 minutes.", "--data fashion-mnist --seed 1", context) =>
        Declare(_dataSet, _epochs, _seed, _output);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var request = new DemoRequest(
            arguments.GetValue(_dataSet) ?? DefaultDataSet, arguments.GetValue(_output), arguments.GetValue(_seed), arguments.GetValue(_epochs));
        return await new DemoStudy(Context, Context.DataSets, new DemoSettings()).RunAsync(request, cancellationToken);
    }
}
