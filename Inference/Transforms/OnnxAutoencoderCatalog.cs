using OnnxAE.Inference;
using OnnxAE.Inference.Transforms;

namespace Microsoft.ML;

/// <summary>
/// ONNX models applied to many rows a call. Each method takes the column to make before the column to read; their names
/// are free, whatever the tensors in the file are called.
/// </summary>
public static class OnnxAutoencoderCatalog
{
    /// <summary>Makes codes (features) of the input column.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of codes to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file: [N, values] to [N, code].</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of Single.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxEncoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu);

    /// <inheritdoc cref="ApplyOnnxEncoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxEncoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => ApplyOnnxModelBatched(catalog, options);

    /// <summary>Makes values of a column of codes.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of values to make.</param>
    /// <param name="inputColumnName">The column of codes to read.</param>
    /// <param name="modelFile">A self-contained ONNX file: [N, code] to [N, values].</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of Single.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxDecoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu);

    /// <inheritdoc cref="ApplyOnnxDecoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxDecoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => ApplyOnnxModelBatched(catalog, options);

    /// <summary>Reconstructs the input column: what an autoencoder makes of it.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of reconstructions to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file that gives as many values as it takes.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of Single of equal size.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxAutoencoder(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxAutoencoder(catalog, Options(outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxAutoencoder(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxAutoencoder(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => Create(catalog, options, keepsSize: true);

    /// <summary>Cleans the input column: what a denoising autoencoder makes of it.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column of clean values to make.</param>
    /// <param name="inputColumnName">The column of noisy values to read.</param>
    /// <param name="modelFile">A self-contained ONNX file that gives as many values as it takes.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of Single of equal size.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxDenoiser(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxDenoiser(catalog, Options(outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxDenoiser(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxDenoiser(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => Create(catalog, options, keepsSize: true);

    /// <summary>Applies any ONNX model of one input and one output of Single (or with inputs and outputs called like the columns).</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnName">The column to read.</param>
    /// <param name="modelFile">A self-contained ONNX file.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or is no model of one input and one output of Single.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, Options(outputColumnName, inputColumnName, modelFile, gpuDeviceId, fallbackToCpu));

    /// <inheritdoc cref="ApplyOnnxModelBatched(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="options">What to score, and how.</param>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => Create(catalog, options, keepsSize: false);

    private static BatchedOnnxOptions Options(
        string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId, bool fallbackToCpu)
        => new()
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        };

    private static BatchedOnnxEstimator Create(TransformsCatalog catalog, BatchedOnnxOptions options, bool keepsSize)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        RunSettings settings = RunSettings.Of(options);
        OnnxModelDefinition definition = OnnxModelDefinition.Load(options.ModelFile, options.OutputColumnName, options.InputColumnName);
        int takes = definition.Inputs[0].RowSize;
        int gives = definition.Outputs[0].RowSize;
        if (keepsSize && takes != gives)
            throw new InvalidDataException($"'{options.ModelFile}' makes {gives} values of {takes}, expected as many as it takes: it is no whole autoencoder.");
        return new BatchedOnnxEstimator(catalog, definition, settings);
    }
}
