using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>classify fit</c>: trains a classifier on images of which some are labeled.</summary>
internal sealed class ClassifyFitCommand : CliCommand
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "Images: .idx, .csv or .npy (gzip-compressed or not), a folder of pictures, a folder a class and 'unlabeled' for the rest, "
            + "or a data set with labels (fashion-mnist, mnist, a folder of IDX files).",
        HelpName = "FILE|FOLDER|NAME",
        Required = true,
    };

    private readonly DataOptions _dataOptions = new();

    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "Labels: a .csv file with one label a row, empty for no label; for a folder of pictures with a file name and a label a line; "
            + "or an .idx file.",
        HelpName = "FILE",
    };

    private readonly Option<double?> _fraction = new Option<double?>("--fraction")
    {
        Description = "Share of each class's labels to use, above 0 and at most 1. [default: all; 0.01 for a data set with labels]",
        HelpName = "X",
    }.RequireShare();

    private readonly Option<string?> _encoder = new("--encoder")
    {
        Description = "Encoder: a run folder, or an ONNX file from pixels to features. RUN:code or RUN:map chooses the layer. "
            + "[default: an encoder is trained on the images, once; files of rows must be 28 x 28 pixels]",
        HelpName = "RUN|FILE",
    };

    private readonly Option<HeadKind?> _method = NamedChoice.Option<HeadKind>("--method", "Classifier on the features. [default: mlp]");
    private readonly Option<bool> _noSpreading = new("--no-spreading") { Description = "Learn from the labeled images alone, without label spreading." };

    private readonly Option<bool> _fuse = new("--fuse")
    {
        Description = "Also write one ONNX file from pixels to label and probabilities. It is compared with the .zip on all images.",
    };

    private readonly Option<BytePixels?> _pixels = CliOptions.Pixels("bytes are divided, numbers stay as they are");
    private readonly Option<int> _seed = CliOptions.Seed("Seed of all random numbers.");
    private readonly Option<string?> _output = CliOptions.WrittenRun("classify-NAME");

    public ClassifyFitCommand(CliContext context)
        : base("fit", "Fits a classifier, calibrates it and saves it.", "--data images.idx --labels labels.csv --out runs/sorted", context) =>
        Declare([_data, .. _dataOptions.All(splits: false), _labels, _fraction, _encoder, _method, _noSpreading, _fuse, _pixels, _seed, _output]);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string source = arguments.GetRequiredValue(_data);
        var request = new ClassifyFitRequest
        {
            Data = source,
            Pictures = _dataOptions.Read(source, arguments),
            Labels = arguments.GetValue(_labels),
            Fraction = arguments.GetValue(_fraction),
            Seed = arguments.GetValue(_seed),
            Encoder = arguments.GetValue(_encoder) is { } text ? EncoderSpec.Parse(text, []) : null,
            Method = arguments.GetValue(_method) ?? HeadKind.Mlp,
            Spreads = !arguments.GetValue(_noSpreading),
            Fuse = arguments.GetValue(_fuse),
            Pixels = arguments.GetValue(_pixels),
            OutputFolder = arguments.GetValue(_output) ?? CliOptions.UsualRun("classify", source),
        };
        return await new ClassifierFitter(Context, Context.DataSets, new ClassifySettings()).RunAsync(request, cancellationToken);
    }
}
