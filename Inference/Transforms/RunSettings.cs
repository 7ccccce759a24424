namespace OnnxAE.Inference.Transforms;

/// <summary>How a model runs.</summary>
/// <param name="BatchSize">Rows of one call; 0 chooses.</param>
/// <param name="IntraOpThreads">Threads within an operator; 0 leaves it to ONNX Runtime.</param>
/// <param name="GpuDeviceId">The CUDA device; null for the CPU.</param>
/// <param name="FallbackToCpu">Whether a GPU that can't be used means the CPU rather than an error.</param>
internal readonly record struct RunSettings(int BatchSize, int IntraOpThreads, int? GpuDeviceId, bool FallbackToCpu)
{
    private const int UsualBatchSize = 256; // throughput of dense nets is flat from 64 on; more only costs memory
    private const long MostBatchBytes = 64L << 20;

    public static RunSettings Of(BatchedOnnxOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(options.IntraOpThreads);
        return new RunSettings(options.BatchSize, options.IntraOpThreads, options.GpuDeviceId, options.FallbackToCpu);
    }

    /// <summary>Rows of one call for rows of so many values.</summary>
    public int RowsFor(long valuesPerRow)
    {
        long most = BatchSize == 0 ? MostBatchBytes / sizeof(float) : Array.MaxLength;
        long wanted = BatchSize == 0 ? UsualBatchSize : BatchSize;
        return (int)Math.Clamp(most / valuesPerRow, 1, wanted);
    }
}
