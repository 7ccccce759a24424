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

    /// <summary>Whether to run on the CPU when the GPU can't be used, instead of throwing; <see cref="Log"/> is told.</summary>
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

    /// <summary>Takes what a user should know, such as that the GPU can't be used; null writes it to standard error.</summary>
    public Action<string>? Log { get; init; }
}

/// <summary>What a model of several inputs and outputs is applied to, and how.</summary>
public sealed record BatchedOnnxModelOptions : OnnxRunOptions
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
}

/// <summary>What a model of one input and one output is applied to, and how.</summary>
public record BatchedOnnxOptions : OnnxRunOptions
{
    /// <summary>The column to make. Its name is free, whatever the tensor is called.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>The column to read. Its name is free, whatever the tensor is called.</summary>
    public required string InputColumnName { get; init; }

    /// <summary>Path of the ONNX file. It must be self-contained, and stay as it is while the model may be saved.</summary>
    public required string ModelFile { get; init; }
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
