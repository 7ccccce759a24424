using Microsoft.ML;
using Microsoft.ML.Runtime;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>An ONNX file that rows are put through: a part of a run, or any model.</summary>
internal sealed class ScoringModel : RowModel
{
    private const string Whole = "Whole";
    private const string Error = "Error";

    private readonly ScoringRequest _request;
    private readonly BatchedOnnxEstimator _estimator;
    private readonly IReadOnlyList<ScoringOutput> _outputs;
    private readonly IReadOnlyList<int> _rowShape; // empty for a single value
    private readonly string _elementType; // as float
    private readonly IReadOnlyList<int>? _shape; // of the pictures that the model is for
    private readonly PictureOptions _pictures;
    private BatchedOnnxTransformer? _transformer;

    private ScoringModel(ScoringRequest request, string path, OnnxModelInfo info, BatchedOnnxEstimator estimator, IReadOnlyList<ScoringOutput> outputs)
        : base(path)
    {
        _request = request;
        _estimator = estimator;
        _outputs = outputs;
        _rowShape = Sizes(info.Inputs[0]);
        _shape = RowShapes.ReadPicture(info.Metadata);
        if (_shape is not null && request.Kind != ScoringKind.Decode && RowShapes.SizeOf(_shape) == _rowShape.Aggregate(1, (size, d) => size * d))
        {
            _rowShape = _shape;
        }

        _pictures = PictureResizing.Read(info.Metadata);
        _elementType = info.Inputs[0].ElementType;
        Range = PixelRange.Of(info.Metadata.GetValueOrDefault(PixelRange.Key));
    }

    public override IEnumerable<string> Headings => _outputs.SelectMany(output => output.Headings);

    public override IReadOnlyList<int> OutputShape => _outputs is not [var only] ? [_outputs.Sum(output => output.Size)]
        : GivesPixels && _shape is not null && RowShapes.SizeOf(_shape) == only.Size ? _shape
        : only.Shape;

    public override IReadOnlyList<string> ColumnNames => [.. _outputs.Select(output => output.Column)];

    public override bool GivesPixels => _request.Kind is ScoringKind.Decode or ScoringKind.Reconstruct;

    public override string Device => _transformer?.Device ?? base.Device;

    public override int BatchSize => _transformer?.BatchSize ?? 0;

    // Bytes mean nothing to a model that doesn't say what its black and white are.
    private bool TakesBytes => _elementType == "uint8" || (_request.Kind != ScoringKind.Decode && Range is not null && _elementType is "float" or "double");

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
            if (message is { Source: ContextLog.Source, Kind: ChannelMessageKind.Warning })
            {
                log(message.RawMessage);
            }
        };
        OnnxModelInfo info = OnnxModelInfo.Read(path);
        if (request.Kind == ScoringKind.Score)
        {
            // Names of our own: an output may be called like a column of the rows.
            ScoringOutput[] outputs = [.. info.Outputs.Select((output, i) => new ScoringOutput($"Output of the model {i}", output.Name, Sizes(output)))];
            return new ScoringModel(request, path, info, ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
            {
                ModelFile = path,
                InputColumnNames = [RowFileView.ValuesColumn],
                OutputColumnNames = [.. outputs.Select(output => output.Column)],
                BatchSize = request.BatchSize,
                GpuDeviceId = request.GpuDeviceId,
                ChannelMeans = request.ChannelMeans,
                ChannelDeviations = request.ChannelDeviations,
            }), outputs);
        }

        var options = new OnnxAutoencoderOptions
        {
            OutputColumnName = Whole,
            InputColumnName = RowFileView.ValuesColumn,
            ModelFile = path,
            BatchSize = request.BatchSize,
            GpuDeviceId = request.GpuDeviceId,
            ChannelMeans = request.ChannelMeans,
            ChannelDeviations = request.ChannelDeviations,
            ErrorColumnName = request.Kind == ScoringKind.Error ? Error : null,
        };
        BatchedOnnxEstimator estimator = request.Kind switch
        {
            ScoringKind.Decode => ml.Transforms.ApplyOnnxDecoder(options),
            ScoringKind.Error or ScoringKind.Reconstruct => ml.Transforms.ApplyOnnxAutoencoder(options),
            _ => ml.Transforms.ApplyOnnxEncoder(options),
        };
        ScoringOutput written = request.Kind == ScoringKind.Error
            ? new ScoringOutput(Error, "error", [1])
            : new ScoringOutput(Whole, info.Outputs[0].Name, Sizes(info.Outputs[0]));
        return new ScoringModel(request, path, info, estimator, [written]);
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

        string name = request.Kind switch
        {
            ScoringKind.Encode => OnnxNames.EncoderFile,
            ScoringKind.Features => OnnxNames.FeaturesFile,
            ScoringKind.Decode => OnnxNames.DecoderFile,
            ScoringKind.Score => RunGraphs.ClassifierFile,
            _ => OnnxNames.AutoencoderFile,
        };
        string path = System.IO.Path.Combine(request.Model, name);
        return File.Exists(path) ? path
            : throw new UsageException($"The folder '{request.Model}' holds no {name}; name a run folder that does, or an ONNX file.");
    }

    public override IRowView Open(RowSource source, RowFileOptions options)
    {
        RowFileView view = new(source, options with { RowShape = _rowShape, Pictures = _pictures, IsDouble = _elementType == "double", Bytes = _request.Pixels ?? (_request.ChannelMeans.Count > 0 && Range is null ? BytePixels.Unit : BytePixels.Keep) });
        if (PixelRows.HoldsBytes(view) && !TakesBytes)
        {
            string why = _request.Kind == ScoringKind.Decode ? "a decoder reads codes" : "its metadata names no range of pixels";
            throw new UsageException(
                $"'{view.SourceName}' holds bytes, and '{Path}' takes numbers: {why}. Say --pixels unit for numbers from 0 to 1, or --pixels raw for 0 to 255.");
        }

        return view;
    }

    public override IDataView Apply(IRowView rows) => (_transformer = _estimator.Fit(rows)).Transform(rows);

    public override void Dispose() => _transformer?.Dispose();

    // The estimator has refused open dimensions behind the first.
    private static IReadOnlyList<int> Sizes(OnnxTensorInfo tensor) => tensor.RowShape ?? [];

    /// <summary>An output of a model.</summary>
    /// <param name="Column">The column that holds it.</param>
    /// <param name="Name">What it is called in headings.</param>
    /// <param name="Shape">The shape of a row of it; empty for a single value.</param>
    private sealed record ScoringOutput(string Column, string Name, IReadOnlyList<int> Shape)
    {
        /// <summary>Values a row.</summary>
        public int Size { get; } = Shape.Aggregate(1, (size, dimension) => size * dimension);

        /// <summary>Headings, one a value.</summary>
        public IEnumerable<string> Headings => Size == 1 ? [Name] : Enumerable.Range(0, Size).Select(i => $"{Name}_{i}");
    }
}

/// <summary>What rows are put through which part of a run, or which model.</summary>
internal sealed record ScoringRequest : RowsRequest
{
    /// <summary>What the rows are put through.</summary>
    public required ScoringKind Kind { get; init; }

    /// <summary>Rows of one call; 0 chooses.</summary>
    public int BatchSize { get; init; }

    /// <summary>What is taken from each channel; empty for nothing.</summary>
    public IReadOnlyList<float> ChannelMeans { get; init; } = [];

    /// <summary>What each channel is divided by then.</summary>
    public IReadOnlyList<float> ChannelDeviations { get; init; } = [];

    /// <summary>The CUDA device; null for the CPU.</summary>
    public int? GpuDeviceId { get; init; }
}

/// <summary>What rows are put through.</summary>
internal enum ScoringKind
{
    /// <summary>The encoder: pixels to codes.</summary>
    Encode,

    /// <summary>The encoder up to the layer before its code.</summary>
    Features,

    /// <summary>The decoder: codes to pixels.</summary>
    Decode,

    /// <summary>The whole autoencoder: pixels to pixels. Of one that was trained to denoise, these are clean.</summary>
    Reconstruct,

    /// <summary>Any model: all of its outputs side by side.</summary>
    Score,

    /// <summary>The whole autoencoder: the mean squared error of each reconstruction, a score of how anomalous the row is.</summary>
    Error,
}
