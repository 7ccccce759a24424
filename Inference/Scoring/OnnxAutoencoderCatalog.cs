using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>
/// The parts of autoencoders, as ONNX models applied to many rows a call. Each method takes the column to make before the
/// column to read; their names are free, whatever the tensors in the file are called. Pixels may be numbers in the range
/// that the model expects, or bytes where its metadata names that range (<c>Image.NominalPixelRange</c>).
/// </summary>
public static partial class OnnxAutoencoderCatalog
{
    /// <summary>Makes codes (features) of the input column.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of codes to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file: [N, values] to [N, code].</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxEncoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxEncoder(catalog, new BatchedOnnxOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxEncoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxEncoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxFactory.Create(catalog, options);

    /// <summary>Makes values of a column of codes.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of values to make.</param>
    /// <param name="inputColumnName">The column of codes to read.</param>
    /// <param name="modelFile">A self-contained ONNX file: [N, code] to [N, values].</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxDecoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxDecoder(catalog, new BatchedOnnxOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxDecoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxDecoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxFactory.Create(catalog, options, readsPixels: false);
}
