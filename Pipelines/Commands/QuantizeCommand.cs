using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>onnx quantize</c>: a run's ONNX files in integers of 8 bits, where those are faster.</summary>
internal sealed class QuantizeCommand : CliCommand
{
    private static readonly QuantizeSettings Defaults = new();

    private readonly Argument<string> _run = CliOptions.Run();

    private readonly Option<string?> _calibrate = new("--calibrate")
    {
        Description = "Data set or folder: training images set the value ranges, test images measure the error. [default: the run's own]",
        HelpName = "NAME|FOLDER",
    };

    private readonly Option<int> _rows = CliOptions.Number("--rows", "Number of images to calibrate with.", Defaults.CalibrationRows).RequireAtLeast(1);
    private readonly Option<CalibrationMethod?> _method = NamedChoice.Option<CalibrationMethod>("--method", "Calibration method. [default: squared-error]");
    private readonly Option<bool> _reduceRange = new("--reduce-range") { Description = "Use 7 bits for weights, for processors without VNNI." };
    private readonly Option<bool> _force = new("--force") { Description = "Keep all 8-bit files, also those that are not faster." };

    public QuantizeCommand(CliContext context)
        : base("quantize", "Writes 8-bit versions of a run's ONNX files where they are faster.", "runs/demo-fashion-mnist", context) =>
        Declare(_run, _calibrate, _rows, _method, _reduceRange, _force);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(_run);
        RunRecord record = RunRecord.Load(path);
        using RunFolder folder = RunFolder.Create(path, replace: true);
        folder.CopyFrom(path);
        QuantizeSettings settings = Defaults with
        {
            CalibrationRows = arguments.GetValue(_rows),
            Force = arguments.GetValue(_force),
            Options = new OnnxQuantizationOptions
            {
                Method = arguments.GetValue(_method) ?? Defaults.Options.Method,
                ReduceRange = arguments.GetValue(_reduceRange),
            },
        };

        DataRequest request = DataRequest.For(record, arguments.GetValue(_calibrate));
        string name = request.Source;
        IReadOnlyList<QuantizedFile> files = await ProgressDisplay.For(Context).RunAsync("Quantizing", async step =>
        {
            LabeledImages data = await new LabeledImagesLoader(Context.DataSets).LoadAsync(request, step, cancellationToken);
            if (data.Test.Size != record.Model.InputSize)
            {
                throw new UsageException($"The images of '{name}' have {RowShapes.Say(data.Test.Shape)}, the network of '{path}' takes {RowShapes.Say(record.Model.InputShape)}.");
            }

            return new QuantizeRunner(folder.WorkingPath, data, settings).Run(step, cancellationToken);
        });
        folder.Commit(record);
        Show(files);
        return new { Run = path, Settings = settings, Files = files, Libraries = LibraryVersion.Describe() };
    }

    private void Show(IReadOnlyList<QuantizedFile> files)
    {
        var table = new ResultTable("file", "#bytes", "#int8", "#speed ratio", "#error", "#int8", "#accuracy, 1 %", "#int8", "");
        foreach (QuantizedFile file in files)
        {
            table.Add(
                file.File,
                Quantity.Number(file.Bytes),
                file.QuantizedBytes is { } bytes ? Quantity.Number(bytes) : "",
                Quantity.Fixed(file.SpeedRatio, 2),
                Quantity.Fixed(file.Error, 5),
                Quantity.Fixed(file.QuantizedError, 5),
                file.Accuracy is { } before ? Quantity.Percent(before) : "",
                file.QuantizedAccuracy is { } after ? Quantity.Percent(after) : "",
                file.Layers == 0 ? "nothing to quantize" : file.Kept ? $"kept as {file.QuantizedFileName}" : "not kept: no faster");
        }

        table.Write(Context);
    }
}
