using System.Numerics;
using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

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

    private readonly int _batchSize;

    private RunSettings(OnnxRunOptions options)
    {
        int cores = Environment.ProcessorCount;
        bool isGpu = options.GpuDeviceId is not null;
        _batchSize = options.BatchSize;
        ConcurrentBatches = options.ConcurrentBatches > 0 ? options.ConcurrentBatches
            : isGpu ? ConcurrentOnGpu
            : options.IntraOpThreads > 0 ? Math.Max(1, cores / options.IntraOpThreads)
            : cores;
        IntraOpThreads = options.IntraOpThreads > 0 || isGpu ? options.IntraOpThreads : Math.Max(1, cores / ConcurrentBatches);
        GpuDeviceId = options.GpuDeviceId;
        FallbackToCpu = options.FallbackToCpu;
        ConfigureSession = options.ConfigureSession;
        Log = options.Log ?? Console.Error.WriteLine;
        ChecksPixelRange = options.ChecksPixelRange;
    }

    /// <summary>Batches that are computed at a time.</summary>
    public int ConcurrentBatches { get; }

    /// <summary>Threads within an operator; 0 leaves it to ONNX Runtime.</summary>
    public int IntraOpThreads { get; }

    /// <summary>The CUDA device; null for the CPU.</summary>
    public int? GpuDeviceId { get; }

    /// <summary>Whether a GPU that can't be used means the CPU rather than an error.</summary>
    public bool FallbackToCpu { get; }

    /// <summary>Whether pixels are looked at for being of the model's range.</summary>
    public bool ChecksPixelRange { get; }

    /// <summary>Whether ONNX Runtime may copy inputs to a device, which it does when they are bound and not when it runs.</summary>
    public bool MayCopyInputs => GpuDeviceId is not null || ConfigureSession is not null;

    /// <summary>Further settings of the session.</summary>
    public Action<SessionOptions>? ConfigureSession { get; }

    /// <summary>Takes what a user should know.</summary>
    public Action<string> Log { get; }

    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static RunSettings Of(OnnxRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ConcurrentBatches);
        ArgumentOutOfRangeException.ThrowIfNegative(options.IntraOpThreads);
        return new RunSettings(options);
    }

    /// <summary>Rows of one call: as many as the caches hold on their way through the model, a power of 2.</summary>
    public int RowsFor(OnnxModelDefinition definition)
    {
        if (definition.BatchRows > 0)
            return definition.BatchRows;
        if (_batchSize > 0)
            return (int)Math.Clamp(Array.MaxLength / definition.RowBytes, 1, _batchSize);
        long cached = CacheBytes / Math.Max(definition.RowBytes, definition.LayerBytes);
        long spilling = Math.Min(FewRows, SpillBytes / definition.LayerBytes);
        return 1 << BitOperations.Log2((ulong)Math.Clamp(Math.Max(cached, spilling), 1, MostChosenRows));
    }
}
