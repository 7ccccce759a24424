using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>classify fit</c>: trains a classifier on images of which some are labeled.</summary>
internal sealed class ClassifyFitCommand : CliCommand
{
    private readonly Option<string> data = new("--data")
    {
        Description = "Images: .idx, .csv or .npy (gzip-compressed or not), a folder of pictures, or a data set with labels (fashion-mnist, mnist, a folder with four IDX files).",
        HelpName = "FILE|FOLDER|NAME",
        Required = true,
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "Labels: a .csv file with one label a row, empty for no label; for a folder of pictures with a file name and a label a line; or an .idx file.",
        HelpName = "FILE",
    };

    private readonly Option<double?> fraction = new("--fraction")
    {
        Description = "Share of each class's labels to use, above 0 and at most 1. [default: all; 0.01 for a data set with labels]",
        HelpName = "X",
    };

    private readonly Option<string?> encoder = new("--encoder")
    {
        Description = "Encoder: a run folder, or an ONNX file from pixels to features. RUN:code or RUN:map chooses the layer. [default: an encoder for 28 x 28 pixels is trained on the images, once]",
        HelpName = "RUN|FILE",
    };

    private readonly Option<HeadKind?> method = NamedChoice.Option<HeadKind>("--method", "What stands on the features. [default: mlp]");
    private readonly Option<bool> noSpreading = new("--no-spreading") { Description = "Learn from the labeled images alone, without label spreading." };
    private readonly Option<bool> fuse = new("--fuse") { Description = "Also write one ONNX file from pixels to label and probabilities. It is compared with the .zip on all images." };

    private readonly Option<BytePixels?> pixels = NamedChoice.Option<BytePixels>(
        "--pixels", "What pixels become: unit divides bytes, or numbers up to 255, by 255; raw takes bytes as numbers. [default: bytes are divided, numbers stay as they are]");

    private readonly Option<int> seed = new("--seed") { Description = "Seed of all random numbers.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> output = new("--out") { Description = "Run folder to write; it must not exist. [default: runs/classify-NAME]", HelpName = "RUN" };

    /// <summary>Declares what the command takes.</summary>
    public ClassifyFitCommand(CliContext context)
        : base("fit", "Fits a classifier, calibrates it, and saves it as .zip and .onnx.", context)
    {
        seed.RequireAtLeast(0);
        foreach (Option option in (IEnumerable<Option>)[data, labels, fraction, encoder, method, noSpreading, fuse, pixels, seed, output])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string source = arguments.GetRequiredValue(data);
        double? share = arguments.GetValue(fraction);
        if (share is { } value && !(value is > 0 and <= 1))
        {
            throw new UsageException(FormattableString.Invariant($"--fraction must be above 0 and at most 1, not {value}."));
        }

        var request = new ClassifyFitRequest
        {
            Data = source,
            Labels = arguments.GetValue(labels),
            Fraction = share,
            Seed = arguments.GetValue(seed),
            Encoder = arguments.GetValue(encoder) is { } text ? EncoderSpec.Parse(text, []) : null,
            Method = arguments.GetValue(method) ?? HeadKind.Mlp,
            Spreads = !arguments.GetValue(noSpreading),
            Fuse = arguments.GetValue(fuse),
            Pixels = arguments.GetValue(pixels),
            OutputFolder = arguments.GetValue(output) ?? Path.Combine("runs", $"classify-{Path.GetFileName(Path.TrimEndingDirectorySeparator(source))}"),
        };
        return await new ClassifierFitter(Context, Context.DataSets, new ClassifySettings()).RunAsync(request, cancellationToken);
    }
}
