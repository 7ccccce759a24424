using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Any ONNX model with a batch dimension, applied to many rows a call.</summary>
public static class BatchedOnnxCatalog
{
    /// <summary>Applies a model of one input and one output (or with ones that are called like the columns).</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, new BatchedOnnxOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxModelBatched(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxFactory.Create(catalog, options);

    /// <summary>Applies a model of any number of inputs and outputs.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnNames">
    /// The columns to make. Those that are called like outputs are these; otherwise there must be as many as outputs, in
    /// their order. Empty makes one of every output.
    /// </param>
    /// <param name="inputColumnNames">The columns to read: one for each input, called like it or in the inputs' order.</param>
    /// <param name="modelFile">A self-contained ONNX file.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or doesn't fit the columns.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        string modelFile,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, new BatchedOnnxModelOptions
        {
            OutputColumnNames = outputColumnNames,
            InputColumnNames = inputColumnNames,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxModelBatched(TransformsCatalog, string[], string[], string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(this TransformsCatalog catalog, BatchedOnnxModelOptions options)
        => BatchedOnnxFactory.Create(catalog, options);
}
