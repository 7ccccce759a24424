using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>verify</c>: a run's ONNX files against its weights in TorchSharp, on the whole test set.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private readonly Argument<string> run = new("RUN") { Description = "A run folder, such as runs/demo-fashion-mnist." };

    private readonly Option<string?> dataSet = DataSetOption.Of("The data set or folder to take test images from. [default: the run's own]");

    /// <summary>Declares what the command takes.</summary>
    public VerifyCommand(CliContext context)
        : base("verify", "Compares a run's ONNX files with its TorchSharp weights on the whole test set.", context)
    {
        Add(run);
        Add(dataSet);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.GetRequiredValue(run);
        RunRecord record = RunRecord.Load(Path.Combine(folder, RunFolder.RecordFile));
        using EncoderNetwork model = RunWeights.LoadNetwork(folder, record);
        DataSetStore store = Context.DataSets;
        VerificationReport report = await ProgressDisplay.For(Context).RunAsync("Verifying", async step =>
        {
            string name = arguments.GetValue(dataSet) ?? record.Data.Name;
            LabeledImages data = await new LabeledImagesLoader(store).LoadAsync(name, new DownloadProgress(store, step), cancellationToken);
            return RunGraphs.Verify(model, folder, data.Test, cancellationToken);
        });

        VerificationTable.Write(Context, report);
        return report;
    }
}
