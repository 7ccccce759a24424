using OnnxAE.Inference;

namespace Microsoft.ML;

/// <content>Whole autoencoders.</content>
public static partial class OnnxAutoencoderCatalog
{
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
        => BatchedOnnxFactory.CreateWhole(catalog, options, options?.ErrorColumnName);

    /// <summary>Cleans the input column: what a denoising autoencoder makes of it.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of clean values to make.</param>
    /// <param name="inputColumnName">The column of noisy values to read.</param>
    /// <param name="modelFile">A self-contained ONNX file that gives as many values as it takes.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of equal size.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxDenoiser(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxDenoiser(catalog, new BatchedOnnxOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    /// <inheritdoc cref="ApplyOnnxDenoiser(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxDenoiser(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxFactory.CreateWhole(catalog, options, errorColumnName: null);
}
