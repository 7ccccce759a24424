using OnnxAE.Inference;

namespace Microsoft.ML;

/// <content>Variational autoencoders.</content>
public static partial class OnnxAutoencoderCatalog
{
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
        => BatchedOnnxFactory.CreateSampler(catalog, options);
}
