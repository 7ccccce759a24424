namespace OnnxAE.Inference;

/// <summary>What to score, and how.</summary>
public sealed record BatchedOnnxOptions
{
    /// <summary>The column to make, a vector of Single. Its name is free, whatever the tensor is called.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>The column to read, a vector of Single as long as the model's input. Its name is free, whatever the tensor is called.</summary>
    public required string InputColumnName { get; init; }

    /// <summary>Path of the ONNX file. It must be self-contained.</summary>
    public required string ModelFile { get; init; }

    /// <summary>Rows of one ONNX Runtime call; 0 chooses (256, or fewer for rows so long that these would fill 64 MiB).</summary>
    public int BatchSize { get; init; }

    /// <summary>Threads within an operator; 0 leaves it to ONNX Runtime (one a core).</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>The CUDA device to run on; null for the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether to run on the CPU when the GPU can't be used, instead of throwing.</summary>
    public bool FallbackToCpu { get; init; }
}
