using System.CommandLine;
using OnnxAE.Inference.DataSets;
using OnnxAE.Models;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Progress;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>export</c>: a run's ONNX files anew from its weights.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Argument<string> run = new("RUN") { Description = "A run folder, such as runs/demo-fashion-mnist." };

    private readonly Option<string?> dataSet = new("--data")
    {
        Description = "The data set or folder whose test images the files are verified with. [default: the run's own]",
        HelpName = "NAME|FOLDER",
    };

    private readonly Option<bool> noVerify = new("--no-verify")
    {
        Description = "Don't compare the files with the network; the model card then says so.",
    };

    private readonly Option<int> opset = new("--opset")
    {
        Description = $"ONNX's operator set, {OnnxVersions.OldestOpset} to {OnnxVersions.NewestOpset}: an older one for an older runtime.",
        HelpName = "N",
        DefaultValueFactory = _ => OnnxVersions.DefaultOpset,
    };

    private readonly Option<bool> nodeDescriptions = new("--node-descriptions")
    {
        Description = "Let every node of the graphs name the layer that it comes from.",
    };

    /// <summary>Declares what the command takes.</summary>
    public ExportCommand(CliContext context)
        : base("export", "Writes a run's ONNX files anew from its weights and verifies them.", context)
    {
        opset.RequireBetween(OnnxVersions.OldestOpset, OnnxVersions.NewestOpset);
        Add(run);
        Add(opset);
        Add(nodeDescriptions);
        Add(dataSet);
        Add(noVerify);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(run);
        RunRecord record = RunRecord.Load(Path.Combine(path, RunFolder.RecordFile));
        using EncoderNetwork model = RunWeights.LoadNetwork(path, record);
        using RunFolder folder = RunFolder.Create(path, replace: true);
        folder.CopyFrom(path);
        RunGraphs.Write(model, record.Model.Architecture, folder.WorkingPath, new OnnxExportOptions
        {
            Opset = arguments.GetValue(opset),
            NodeDescriptions = arguments.GetValue(nodeDescriptions),
        });

        VerificationReport? report = arguments.GetValue(noVerify)
            ? null
            : await VerifyAsync(model, folder.WorkingPath, arguments.GetValue(dataSet) ?? record.Data.Name, cancellationToken);
        folder.Commit(record with { Verification = report, Stack = Stack.Describe().Components });
        return report is null ? new { Verified = false } : report;
    }

    private async Task<VerificationReport> VerifyAsync(EncoderNetwork model, string folder, string dataName, CancellationToken cancellationToken)
    {
        var store = new DataSetStore();
        VerificationReport report = await ProgressDisplay.For(Context).RunAsync("Verifying", async step =>
        {
            LabeledImages data = await new LabeledImagesLoader(store).LoadAsync(dataName, new DownloadProgress(store, step), cancellationToken);
            return RunGraphs.Verify(model, folder, data.Test, cancellationToken);
        });
        VerificationTable.Write(Context, report);
        report.ThrowIfFailed();
        return report;
    }
}
