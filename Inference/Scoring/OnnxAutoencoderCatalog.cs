using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>
/// The parts of autoencoders, as ONNX models applied to many rows a call. Each method takes the column to make before the
/// column to read; their names are free, whatever the tensors in the file are called. Pixels may be numbers in the range
/// that the model expects, or bytes where its metadata names that range (<c>Image.NominalPixelRange</c>).
/// </summary>
public static class OnnxAutoencoderCatalog
{
    /// <summary>Makes codes (features) of the input column, by a model of [N, values] to [N, code].</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxEncoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxEncoder(catalog, Column(outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxEncoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxEncoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxEstimator.CreateForColumn(catalog, options);

    /// <summary>Makes values of a column of codes, by a model of [N, code] to [N, values].</summary>
    /// <inheritdoc cref="ApplyOnnxEncoder(TransformsCatalog, string, string, string, int?, bool)" path="param|exception"/>
    public static BatchedOnnxEstimator ApplyOnnxDecoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxDecoder(catalog, Column(outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxDecoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxDecoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxEstimator.CreateForColumn(catalog, options, readsPixels: false);

    /// <summary>Reconstructs the input column: what an autoencoder makes of it.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of reconstructions to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file that gives as many values as it takes.</param>
    /// <param name="errorColumnName">A further column to make, of the mean squared error of each reconstruction; null makes none.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of equal size.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxAutoencoder(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string modelFile,
        string? errorColumnName = null,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
        => ApplyOnnxAutoencoder(catalog, new OnnxAutoencoderOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            ErrorColumnName = errorColumnName,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxAutoencoder(TransformsCatalog, string, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxAutoencoder(this TransformsCatalog catalog, OnnxAutoencoderOptions options)
        => BatchedOnnxEstimator.CreateWhole(catalog, options, options?.ErrorColumnName);

    /// <summary>Cleans the input column: what a denoising autoencoder makes of it, which gives as many values as it takes.</summary>
    /// <inheritdoc cref="ApplyOnnxEncoder(TransformsCatalog, string, string, string, int?, bool)" path="param|exception"/>
    public static BatchedOnnxEstimator ApplyOnnxDenoiser(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxDenoiser(catalog, Column(outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxDenoiser(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxDenoiser(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxEstimator.CreateWhole(catalog, options, errorColumnName: null);

    /// <summary>
    /// Draws from what a variational autoencoder makes of the input column: the model gets noise from N(0, 1) as a second
    /// input. A row's noise depends on the seed and on the row's id alone. A sampler can't be saved: ML.NET has no
    /// transformer that draws noise.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of samples to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file of two inputs, one of them called <c>eps</c>.</param>
    /// <param name="seed">Where the noise begins.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no sampler.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxSampler(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string modelFile,
        int seed = 0,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
        => ApplyOnnxSampler(catalog, new OnnxSamplerOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            Seed = seed,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxSampler(TransformsCatalog, string, string, string, int, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxSampler(this TransformsCatalog catalog, OnnxSamplerOptions options)
        => BatchedOnnxEstimator.CreateForColumn(catalog, options, noiseInput: options?.NoiseInputName, seed: options?.Seed ?? 0);

    private static BatchedOnnxOptions Column(string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId, bool fallbackToCpu) => new()
    {
        OutputColumnName = outputColumnName,
        InputColumnName = inputColumnName,
        ModelFile = modelFile,
        GpuDeviceId = gpuDeviceId,
        FallbackToCpu = fallbackToCpu,
    };
}
