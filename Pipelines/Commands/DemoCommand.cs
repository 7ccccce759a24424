using System.CommandLine;
using OnnxAE.Inference.DataSets;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Demo;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>demo</c>: the whole product on real data in a few minutes.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const string DefaultDataSet = "fashion-mnist";

    private readonly Option<string?> dataSet = DataSetOption.Of(
        $"fashion-mnist, mnist, or a folder with four IDX files named as theirs. [default: {DefaultDataSet}]");

    private readonly Option<int?> epochs = new("--epochs")
    {
        Description = "Passes over the training images. [default: the architecture's own]",
        HelpName = "N",
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Decides everything that is drawn; the same seed gives the same figures.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> output = new("--out")
    {
        Description = "The run folder; an earlier run there is replaced, anything else is not. [default: runs/demo-NAME]",
        HelpName = "FOLDER",
    };

    /// <summary>Declares what the command takes.</summary>
    public DemoCommand(CliContext context)
        : base("demo", "Trains a denoising autoencoder, exports and verifies it, and uses it in ML.NET with 1 % of the labels.", context)
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
        return await new DemoRunner(Context, new DataSetStore(), new DemoSettings()).RunAsync(request, cancellationToken);
    }
}
