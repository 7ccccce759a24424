using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Pipelines;

/// <summary><c>export</c>: a run's ONNX files anew from its weights, or one of its layers as an encoder of its own.</summary>
internal sealed class ExportCommand : CliCommand
{
    private const string QuantizedFiles = "*.int8.onnx"; // of the weights and names that were exported before

    private readonly Argument<string> run = new("RUN") { Description = "A run folder, such as runs/demo-fashion-mnist." };

    private readonly Option<string?> dataSet = DataSetOption.Of(
        "The data set or folder whose test images the files are verified with. [default: the run's own]");

    private readonly Option<bool> noVerify = new("--no-verify")
    {
        Description = "Do not compare the files with the network. The model card says so.",
    };

    private readonly GraphOptions graphs = new();

    private readonly Option<FeatureLayer?> layer = NamedChoice.Option<FeatureLayer>("--layer", "Write one encoder to --out, and leave the run as it is: up to its code, or to the feature map before it.");

    private readonly Option<bool> mirror = new("--mirror") { Description = "With --layer: average the output over a picture and its mirror image." };

    private readonly Option<string?> output = new("--out") { Description = "With --layer: file to write; an existing one is replaced.", HelpName = "FILE" };

    /// <summary>Declares what the command takes.</summary>
    public ExportCommand(CliContext context)
        : base("export", "Writes a run's ONNX files from its weights and verifies them.", context)
    {
        Add(run);
        graphs.AddTo(this);
        Add(dataSet);
        Add(noVerify);
        Add(layer);
        Add(mirror);
        Add(output);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(layer) is null != arguments.GetValue(output) is null || (arguments.GetValue(mirror) && arguments.GetValue(layer) is null))
        {
            throw new UsageException("--layer, --mirror and --out belong together: say which layer is to be written, and to which file.");
        }

        string path = arguments.GetRequiredValue(run);
        RunRecord record = RunRecord.Load(Path.Combine(path, RunFolder.RecordFile));
        using EncoderNetwork model = RunWeights.LoadNetwork(path, record);
        OnnxExportOptions options = graphs.Read(arguments);
        string? images = arguments.GetValue(noVerify) ? null : arguments.GetValue(dataSet) ?? record.Data.Name;
        return arguments.GetValue(layer) is { } chosen
            ? await WriteLayerAsync(model, record, options, images, LayerFile(chosen, model), arguments.GetValue(mirror), arguments.GetValue(output)!, cancellationToken)
            : await WriteRunAsync(model, record, options, images, path, cancellationToken);
    }

    private async Task<object> WriteRunAsync(
        EncoderNetwork model, RunRecord record, OnnxExportOptions options, string? images, string path, CancellationToken cancellationToken)
    {
        using RunFolder folder = RunFolder.Create(path, replace: true);
        folder.CopyFrom(path);
        string[] outdated = [.. Directory.EnumerateFiles(folder.WorkingPath, QuantizedFiles)];
        Array.ForEach(outdated, File.Delete);
        RunGraphs.Write(model, record.Model.Architecture, folder.WorkingPath, options);
        VerificationReport? report = images is null ? null : await VerifyAsync(data => RunGraphs.Verify(model, folder.WorkingPath, data, cancellationToken), images, cancellationToken);
        folder.Commit(record with { Verification = report, Libraries = LibraryVersion.Describe() });
        string[] files = [.. Directory.EnumerateFiles(path, "*.onnx").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        Context.WriteLine($"{path}: {string.Join(", ", files)}{(report is null ? "; not verified" : "")}{(outdated.Length > 0 ? "; the files of integers are gone, quantize the run again" : "")}");
        return report is null ? new { Verified = false } : report;
    }

    // All of the run's files go to a folder of their own, are verified there as ever, and one of them goes on.
    private async Task<object> WriteLayerAsync(
        EncoderNetwork model, RunRecord record, OnnxExportOptions options, string? images, string file, bool isMirrored, string target, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("onnxae-export-").FullName;
        try
        {
            RunGraphs.Write(model, record.Model.Architecture, folder, options);
            string encoder = Path.Combine(folder, file), written = isMirrored ? Path.Combine(folder, "mirrored.onnx") : encoder;
            if (isMirrored)
            {
                OnnxEncoders.MirrorAverage(encoder, written);
            }

            if (images is not null)
            {
                await VerifyAsync(Verify, images, cancellationToken);
            }

            byte[] bytes = await File.ReadAllBytesAsync(written, cancellationToken);
            AtomicFile.Write(target, stream => stream.Write(bytes), cancellationToken);

            VerificationReport Verify(ImageSet data)
            {
                VerificationReport report = RunGraphs.Verify(model, folder, data, cancellationToken);
                Module<Tensor, Tensor> layer = file == OnnxNames.FeaturesFile ? ((Autoencoder)model).Map : model.Encoder;
                return isMirrored ? new([.. report.Graphs, OnnxVerifier.VerifyMirrored(layer, written, data, cancellationToken)]) : report;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return WrittenModel.Show(Context, target, images is null ? "; not verified" : "");
    }

    private static string LayerFile(FeatureLayer layer, EncoderNetwork model) => layer switch
    {
        FeatureLayer.Map when model is not Autoencoder => throw new UsageException("A classifier's run has no layer but its code; give --layer code."),
        FeatureLayer.Map => OnnxNames.FeaturesFile,
        _ => OnnxNames.EncoderFile,
    };

    private async Task<VerificationReport> VerifyAsync(Func<ImageSet, VerificationReport> verify, string dataName, CancellationToken cancellationToken)
    {
        DataSetStore store = Context.DataSets;
        VerificationReport report = await ProgressDisplay.For(Context).RunAsync("Verifying", async step =>
        {
            LabeledImages data = await new LabeledImagesLoader(store).LoadAsync(dataName, new DownloadProgress(store, step), cancellationToken);
            return verify(data.Test);
        });
        VerificationTable.Write(Context, report);
        return report;
    }
}
