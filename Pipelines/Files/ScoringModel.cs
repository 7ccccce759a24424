using Microsoft.ML;
using Microsoft.ML.Runtime;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A model that rows of one column are put through.</summary>
internal sealed class ScoringModel
{
    private const string Whole = "Whole";
    private const string Error = "Error";

    private readonly ScoringRequest request;

    private ScoringModel(ScoringRequest request, string path, OnnxModelInfo info, BatchedOnnxEstimator estimator, IReadOnlyList<ScoringOutput> outputs)
    {
        this.request = request;
        Path = path;
        Estimator = estimator;
        Outputs = outputs;
        Range = PixelRange.Of(info.Metadata.GetValueOrDefault(PixelRange.Key));
        RowShape = info.Inputs[0].RowShape!; // the estimator has refused open dimensions behind the first
        ElementType = info.Inputs[0].ElementType;
    }

    /// <summary>The ONNX file.</summary>
    public string Path { get; }

    /// <summary>Applies it to the column <see cref="RowFileView.ValuesColumn"/>.</summary>
    public BatchedOnnxEstimator Estimator { get; }

    /// <summary>What it makes of a row.</summary>
    public IReadOnlyList<ScoringOutput> Outputs { get; }

    /// <summary>The range that its metadata names for pixels; null where it names none.</summary>
    public PixelRange? Range { get; }

    /// <summary>The shape of a row that it reads; empty for a single value.</summary>
    public IReadOnlyList<int> RowShape { get; }

    /// <summary>Type of the values that it reads, as <c>float</c>.</summary>
    public string ElementType { get; }

    /// <summary>Whether what it makes are pixels.</summary>
    public bool GivesPixels => request.Kind is ScoringKind.Decode or ScoringKind.Reconstruct or ScoringKind.Denoise;

    /// <summary>Whether it can take pixels as bytes.</summary>
    public bool TakesBytes => ElementType == "uint8" || (request.Kind != ScoringKind.Decode && Range is not null && ElementType is "float" or "double");

    /// <summary>Opens the model of a request.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="log">Takes what a user should know.</param>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder of this name.</exception>
    /// <exception cref="UsageException">A run folder doesn't hold it.</exception>
    public static ScoringModel Open(ScoringRequest request, Action<string> log)
    {
        string path = PathOf(request);
        MLContext ml = new(seed: 1);
        ml.Log += (_, message) =>
        {
            if (message is { Source: RunSettings.LogSource, Kind: ChannelMessageKind.Warning })
                log(message.RawMessage);
        };
        OnnxModelInfo info = OnnxModelInfo.Read(path);
        var options = new OnnxAutoencoderOptions
        {
            OutputColumnName = Whole,
            InputColumnName = RowFileView.ValuesColumn,
            ModelFile = path,
            BatchSize = request.BatchSize,
            GpuDeviceId = request.GpuDeviceId,
        };
        switch (request.Kind)
        {
            case ScoringKind.Error:
                return new ScoringModel(request, path, info, ml.Transforms.ApplyOnnxAutoencoder(options with { ErrorColumnName = Error }), [new ScoringOutput(Error, "error", [1])]);
            case ScoringKind.Score:
                // Names of our own: an output may be called like a column of the rows.
                ScoringOutput[] outputs = [.. info.Outputs.Select((output, i) => new ScoringOutput($"Output of the model {i}", output.Name, output.RowShape ?? []))];
                return new ScoringModel(request, path, info, ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
                {
                    ModelFile = path,
                    InputColumnNames = [RowFileView.ValuesColumn],
                    OutputColumnNames = [.. outputs.Select(output => output.Column)],
                    BatchSize = request.BatchSize,
                    GpuDeviceId = request.GpuDeviceId,
                }), outputs);
            default:
                BatchedOnnxEstimator estimator = request.Kind switch
                {
                    ScoringKind.Decode => ml.Transforms.ApplyOnnxDecoder(options),
                    ScoringKind.Reconstruct => ml.Transforms.ApplyOnnxAutoencoder(options),
                    ScoringKind.Denoise => ml.Transforms.ApplyOnnxDenoiser(options),
                    _ => ml.Transforms.ApplyOnnxEncoder(options),
                };
                return new ScoringModel(request, path, info, estimator, [new ScoringOutput(Whole, info.Outputs[0].Name, info.Outputs[0].RowShape!)]);
        }
    }

    /// <summary>The file that a request's model is.</summary>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder of this name.</exception>
    /// <exception cref="UsageException">A run folder doesn't hold it.</exception>
    public static string PathOf(ScoringRequest request)
    {
        if (!Directory.Exists(request.Model))
        {
            return File.Exists(request.Model) ? request.Model
                : throw new FileNotFoundException($"There is no '{request.Model}', expected a run folder or an ONNX file.", request.Model);
        }

        string[] names = request.Kind switch
        {
            ScoringKind.Encode => [OnnxNames.EncoderFile],
            ScoringKind.Features => [OnnxNames.FeaturesFile],
            ScoringKind.Decode => [OnnxNames.DecoderFile],
            ScoringKind.Score => [RunGraphs.ClassifierFile],
            _ => [OnnxNames.AutoencoderFile],
        };
        return names.Select(name => System.IO.Path.Combine(request.Model, name)).FirstOrDefault(File.Exists)
            ?? throw new UsageException($"The folder '{request.Model}' holds no {string.Join(" or ", names)}; name a run folder that does, or an ONNX file.");
    }
}

/// <summary>An output of a model.</summary>
/// <param name="Column">The column that holds it.</param>
/// <param name="Name">What it is called in headings.</param>
/// <param name="Shape">The shape of a row of it; empty for a single value.</param>
internal sealed record ScoringOutput(string Column, string Name, IReadOnlyList<int> Shape)
{
    /// <summary>Values a row.</summary>
    public int Size => Shape.Aggregate(1, (size, dimension) => size * dimension);

    /// <summary>Headings, one a value.</summary>
    public IEnumerable<string> Headings => Size == 1 ? [Name] : Enumerable.Range(0, Size).Select(i => FormattableString.Invariant($"{Name}_{i}"));
}
