using System.CommandLine;
using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>quantize</c>: a run's ONNX files in integers of 8 bits, where those are faster.</summary>
internal sealed class QuantizeCommand : CliCommand
{
    private static readonly QuantizeSettings Defaults = new();

    private readonly Argument<string> run = new("RUN") { Description = "A run folder, such as runs/demo-fashion-mnist." };

    private readonly Option<string?> calibrate = new("--calibrate")
    {
        Description = "Data set or folder: its training images calibrate, its test images measure. [default: the run's own]",
        HelpName = "NAME|FOLDER",
    };

    private readonly Option<int> rows = new("--rows") { Description = "Number of images to calibrate with.", HelpName = "N", DefaultValueFactory = _ => Defaults.CalibrationRows };

    private readonly Option<CalibrationMethod?> method = NamedChoice.Option<CalibrationMethod>("--method", "How ranges are chosen. [default: squared-error]");

    private readonly Option<bool> reduceRange = new("--reduce-range") { Description = "Use 7 bits for weights, for processors without VNNI." };

    private readonly Option<bool> force = new("--force") { Description = "Keep models that are no faster too." };

    /// <summary>Declares what the command takes.</summary>
    public QuantizeCommand(CliContext context)
        : base("quantize", "Writes 8-bit versions of a run's ONNX files where they are faster.", context)
    {
        rows.RequireAtLeast(1);
        Add(run);
        Add(calibrate);
        Add(rows);
        Add(method);
        Add(reduceRange);
        Add(force);
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(run);
        RunRecord record = RunRecord.Load(Path.Combine(path, RunFolder.RecordFile));
        using RunFolder folder = RunFolder.Create(path, replace: true);
        folder.CopyFrom(path);
        QuantizeSettings settings = Defaults with
        {
            CalibrationRows = arguments.GetValue(rows),
            Force = arguments.GetValue(force),
            Options = new OnnxQuantizationOptions
            {
                Method = arguments.GetValue(method) ?? Defaults.Options.Method,
                ReduceRange = arguments.GetValue(reduceRange),
            },
        };

        DataSetStore store = Context.DataSets;
        string name = arguments.GetValue(calibrate) ?? record.Data.Name;
        IReadOnlyList<QuantizedFile> files = await ProgressDisplay.For(Context).RunAsync("Quantizing", async step =>
        {
            LabeledImages data = await new LabeledImagesLoader(store).LoadAsync(name, new DownloadProgress(store, step), cancellationToken);
            if (data.Test.PixelCount != record.Model.InputSize)
            {
                throw new UsageException($"The images of '{name}' have {data.Test.PixelCount} pixels, the network of '{path}' takes {record.Model.InputSize}.");
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
                file.Bytes.ToString("N0", CultureInfo.InvariantCulture),
                file.QuantizedBytes?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                Text(file.SpeedRatio, "0.00"),
                Text(file.Error, "0.00000"),
                Text(file.QuantizedError, "0.00000"),
                Text(100 * file.Accuracy, "0.00 \\%"),
                Text(100 * file.QuantizedAccuracy, "0.00 \\%"),
                file.Layers == 0 ? "nothing to quantize" : file.Kept ? $"kept as {file.QuantizedFileName}" : "not kept: no faster");
        }

        table.Write(Context);
    }

    private static string Text(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
