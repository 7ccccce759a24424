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

    private readonly Argument<string> _run = CliOptions.Run();
    private readonly Option<string?> _dataSet = CliOptions.Data("Data set or folder whose test images verify the files. [default: the run's own]");
    private readonly Option<bool> _noVerify = new("--no-verify") { Description = "Do not compare the files with the network. The model card says so." };
    private readonly GraphOptions _graphs = new();

    private readonly Option<FeatureLayer?> _layer = NamedChoice.Option<FeatureLayer>(
        "--layer", "Write one encoder to --out, up to its code or its map. The run stays as it is.");

    private readonly Option<bool> _mirror = new("--mirror") { Description = "With --layer: average the output over a picture and its mirror image." };
    private readonly Option<string?> _output = new("--out") { Description = "With --layer: file to write; an existing one is replaced.", HelpName = "FILE" };

    public ExportCommand(CliContext context)
        : base("export", "Writes a run's ONNX files from its weights and verifies them.", "runs/demo-fashion-mnist --opset 15", context) =>
        Declare([_run, .. _graphs.All, _dataSet, _noVerify, _layer, _mirror, _output]);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_layer) is null != arguments.GetValue(_output) is null || (arguments.GetValue(_mirror) && arguments.GetValue(_layer) is null))
        {
            throw new UsageException("--layer, --mirror and --out belong together: say which layer is to be written, and to which file.");
        }

        string path = arguments.GetRequiredValue(_run);
        RunRecord record = RunRecord.Load(path);
        using EncoderNetwork model = RunWeights.LoadNetwork(path, record);
        OnnxExportOptions options = _graphs.Read(arguments);
        options = record.Data.Metadata is { } own ? options with { Metadata = own.Concat(options.Metadata).DistinctBy(entry => entry.Key).ToDictionary() } : options;
        DataRequest? images = arguments.GetValue(_noVerify) ? null : DataRequest.For(record, arguments.GetValue(_dataSet));
        return arguments.GetValue(_layer) is { } chosen
            ? await WriteLayerAsync(
                model, record, options, images, LayerFile(chosen, model), arguments.GetValue(_mirror), arguments.GetValue(_output)!, cancellationToken)
            : await WriteRunAsync(model, record, options, images, path, cancellationToken);
    }

    private async Task<object> WriteRunAsync(
        EncoderNetwork model, RunRecord record, OnnxExportOptions options, DataRequest? images, string path, CancellationToken cancellationToken)
    {
        using RunFolder folder = RunFolder.Create(path, replace: true);
        folder.CopyFrom(path);
        string[] outdated = [.. Directory.EnumerateFiles(folder.WorkingPath, QuantizedFiles)];
        Array.ForEach(outdated, File.Delete);
        RunGraphs.Write(model, record.Model.Architecture, folder.WorkingPath, options);
        VerificationReport? report = images is null ? null
            : await VerifyCommand.VerifyAsync(Context, images, data => RunGraphs.Verify(model, folder.WorkingPath, data, cancellationToken), cancellationToken);
        folder.Commit(record with { Verification = report, Libraries = LibraryVersion.Describe() });
        string[] files = [.. Directory.EnumerateFiles(path, "*.onnx").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        string remarks = (report is null ? "; not verified" : "") + (outdated.Length > 0 ? "; the files of integers are gone, quantize the run again" : "");
        Context.WriteLine($"{path}: {string.Join(", ", files)}{remarks}");
        return report is null ? new { Verified = false } : report;
    }

    // All of the run's files go to a folder of their own, are verified there as ever, and one of them goes on.
    private async Task<object> WriteLayerAsync(
        EncoderNetwork model,
        RunRecord record,
        OnnxExportOptions options,
        DataRequest? images,
        string file,
        bool isMirrored,
        string target,
        CancellationToken cancellationToken)
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
                await VerifyCommand.VerifyAsync(Context, images, Verify, cancellationToken);
            }

            byte[] bytes = await File.ReadAllBytesAsync(written, cancellationToken);
            AtomicFile.Write(target, stream => stream.Write(bytes), cancellationToken);

            VerificationReport Verify(RowSet data)
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

        return ComposeCommand.Show(Context, target, images is null ? "; not verified" : "");
    }

    private static string LayerFile(FeatureLayer layer, EncoderNetwork model) => layer switch
    {
        FeatureLayer.Map when model is not Autoencoder => throw new UsageException("A classifier's run has no layer but its code; give --layer code."),
        FeatureLayer.Map => OnnxNames.FeaturesFile,
        _ => OnnxNames.EncoderFile,
    };
}

/// <summary>A layer of an encoder that features are read from.</summary>
internal enum FeatureLayer
{
    /// <summary>The code.</summary>
    Code,

    /// <summary>The layer before the code: a convolutional encoder's feature map, flattened.</summary>
    Map,
}
