using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

/// <summary>How a model runs. The defaults suit a machine that has nothing else to do.</summary>
public record OnnxRunOptions
{
    /// <summary>
    /// Most rows of one ONNX Runtime call; 0 chooses, by what the processor's caches hold of a batch on its way through
    /// the model (up to 1024 rows for small networks, a few for large convolutional ones). A model of a fixed batch size
    /// gets batches of that size, the last one filled up.
    /// </summary>
    public int BatchSize { get; init; }

    /// <summary>Calls that run at a time; 0 chooses: as many as there are processors for the threads of one, 2 on a GPU.</summary>
    public int ConcurrentBatches { get; init; }

    /// <summary>
    /// Threads within an operator; 0 chooses: the processors shared out among the concurrent batches, one each by default.
    /// </summary>
    public int IntraOpThreads { get; init; }

    /// <summary>The CUDA device to run on; null for the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether to run on the CPU when the GPU can't be used, instead of throwing; <see cref="MLContext.Log"/> is told.</summary>
    public bool FallbackToCpu { get; init; }

    /// <summary>
    /// Whether a cursor throws when the first 256 rows that it reads hold a number far out of the range that the model's
    /// metadata names for its pixels (such as 0 to 255 for 0 to 1); or when these rows, or all if there are fewer but at
    /// least 16, hold nothing brighter than 1/255 of it (such as pixels that were divided twice), or seem to be of 0 to 1
    /// for a range that begins below or above 0.
    /// </summary>
    public bool ChecksPixelRange { get; init; } = true;

    /// <summary>Further settings of the ONNX Runtime session, made after all others; null for none.</summary>
    public Action<SessionOptions>? ConfigureSession { get; init; }
}

/// <summary>What a model is applied to, and how.</summary>
public record BatchedOnnxOptions : OnnxRunOptions
{
    /// <summary>Path of the ONNX file. It must be self-contained, and stay as it is while the model may be saved.</summary>
    public required string ModelFile { get; init; }

    /// <summary>
    /// The columns to make; empty makes one of every output, called like it. Those that are called like outputs are these;
    /// otherwise there must be as many as outputs, in their order.
    /// </summary>
    public IReadOnlyList<string> OutputColumnNames { get; init; } = [];

    /// <summary>
    /// The columns to read; empty reads those that are called like the inputs. Otherwise there must be as many as inputs,
    /// called like them or in their order.
    /// </summary>
    public IReadOnlyList<string> InputColumnNames { get; init; } = [];

    /// <summary>
    /// What the model takes from each channel of its pixels before anything else, as in (pixel - mean) / deviation; empty for nothing. It
    /// becomes part of the graph, and of a saved .zip. The unit is that of the column: for pixels in [0, 1], ImageNet's are 0.485,
    /// 0.456 and 0.406.
    /// </summary>
    public IReadOnlyList<float> ChannelMeans { get; init; } = [];

    /// <summary>What it divides each channel by then, above 0; as many as <see cref="ChannelMeans"/>. ImageNet's are 0.229, 0.224 and 0.225.</summary>
    public IReadOnlyList<float> ChannelDeviations { get; init; } = [];

    internal void CheckChannels()
    {
        if (ChannelMeans.Count != ChannelDeviations.Count || !ChannelMeans.All(float.IsFinite) || !ChannelDeviations.All(d => d > 0 && float.IsFinite(d)))
        {
            throw new ArgumentException(
                $"Found {ChannelMeans.Count} means and {ChannelDeviations.Count} deviations of channels, expected as many of each: finite numbers, deviations above 0.");
        }
    }

    /// <summary>The only column to make, for a model of one output. Its name is free, whatever the tensor is called.</summary>
    public string OutputColumnName { get => OutputColumnNames is [var only] ? only : ""; init => OutputColumnNames = [value]; }

    /// <summary>The only column to read, for a model of one input. Its name is free, whatever the tensor is called.</summary>
    public string InputColumnName { get => InputColumnNames is [var only] ? only : ""; init => InputColumnNames = [value]; }
}

/// <summary>What an autoencoder is applied to, and how.</summary>
public sealed record OnnxAutoencoderOptions : BatchedOnnxOptions
{
    /// <summary>
    /// A further column to make: the mean of the squared differences between a row and its reconstruction, a score of how
    /// anomalous the row is. It is a vector of one number, as every ONNX output is in ML.NET. Null makes none.
    /// </summary>
    public string? ErrorColumnName { get; init; }
}

/// <summary>What a sampler is applied to, and how.</summary>
public sealed record OnnxSamplerOptions : BatchedOnnxOptions
{
    /// <summary>Where the noise begins. With the same seed a row, told by its id, gets the same noise, in whatever order and batches rows are read.</summary>
    public int Seed { get; init; }

    /// <summary>The model's input that takes the noise, numbers drawn from N(0, 1).</summary>
    public string NoiseInputName { get; init; } = "eps";
}

/// <summary>How a model runs, all choices made but that of the batch size, which depends on the model.</summary>
internal sealed record RunSettings
{
    // A batch's inputs and outputs, and what goes into a layer and comes out of it, stay in the cache of the core that is at work on it.
    private const long CacheBytes = 1L << 20;

    // A few rows may spill: a call for fewer makes poor use of the weights.
    private const long SpillBytes = 8L << 20;
    private const int FewRows = 16;

    private const int MostChosenRows = 1024; // throughput is flat from here on; more only costs memory
    private const int ConcurrentOnGpu = 2; // one batch is read while the other is computed

    private readonly ContextLog _log;

    /// <param name="options">The user's choices.</param>
    /// <param name="catalog">A catalogue of the context that is told what a user should know; null tells nobody.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public RunSettings(OnnxRunOptions options, object? catalog)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ConcurrentBatches);
        ArgumentOutOfRangeException.ThrowIfNegative(options.IntraOpThreads);
        Options = options;
        int cores = Environment.ProcessorCount;
        bool isGpu = options.GpuDeviceId is not null;
        ConcurrentBatches = options.ConcurrentBatches > 0 ? options.ConcurrentBatches
            : isGpu ? ConcurrentOnGpu
            : options.IntraOpThreads > 0 ? Math.Max(1, cores / options.IntraOpThreads)
            : cores;
        IntraOpThreads = options.IntraOpThreads > 0 || isGpu ? options.IntraOpThreads : Math.Max(1, cores / ConcurrentBatches);

        _log = new ContextLog(catalog);
    }

    /// <summary>The user's choices.</summary>
    public OnnxRunOptions Options { get; }

    /// <summary>Batches that are computed at a time.</summary>
    public int ConcurrentBatches { get; }

    /// <summary>Threads within an operator; 0 leaves it to ONNX Runtime.</summary>
    public int IntraOpThreads { get; }

    /// <summary>Whether ONNX Runtime may copy inputs to a device, which it does when they are bound and not when it runs.</summary>
    public bool MayCopyInputs => Options.GpuDeviceId is not null || Options.ConfigureSession is not null;

    /// <summary>Tells the context what a user should know.</summary>
    public void Log(string message) => _log.Warn(message);

    /// <summary>Rows of one call: as many as the caches hold on their way through the model, a power of 2.</summary>
    public int RowsFor(OnnxModelDefinition definition)
    {
        if (definition.BatchRows > 0)
        {
            return definition.BatchRows;
        }

        if (Options.BatchSize > 0)
        {
            return (int)Math.Clamp(Array.MaxLength / definition.RowBytes, 1, Options.BatchSize);
        }

        long cached = CacheBytes / Math.Max(definition.RowBytes, definition.LayerBytes);
        long spilling = Math.Min(FewRows, SpillBytes / definition.LayerBytes);
        return 1 << BitOperations.Log2((ulong)Math.Clamp(Math.Max(cached, spilling), 1, MostChosenRows));
    }
}
