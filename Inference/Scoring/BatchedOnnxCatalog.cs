using System.IO.Compression;
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
    /// <exception cref="InvalidDataException">The file is damaged, keeps its weights elsewhere, or doesn't fit the columns.</exception>
    /// <exception cref="ArgumentException">The columns can't have these names.</exception>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, [outputColumnName], [inputColumnName], modelFile, gpuDeviceId, fallbackToCpu);

    /// <summary>Applies a model of any number of inputs and outputs.</summary>
    /// <inheritdoc cref="ApplyOnnxModelBatched(TransformsCatalog, string, string, string, int?, bool)"/>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnNames">
    /// The columns to make. Those that are called like outputs are these; otherwise there must be as many as outputs, in
    /// their order. Empty makes one of every output.
    /// </param>
    /// <param name="inputColumnNames">The columns to read: one for each input, called like it or in the inputs' order.</param>
    /// <param name="modelFile">A self-contained ONNX file.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing; it is logged.</param>
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(
        this TransformsCatalog catalog,
        string[] outputColumnNames,
        string[] inputColumnNames,
        string modelFile,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
        => ApplyOnnxModelBatched(catalog, new BatchedOnnxOptions
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
    public static BatchedOnnxEstimator ApplyOnnxModelBatched(this TransformsCatalog catalog, BatchedOnnxOptions options)
        => BatchedOnnxEstimator.Create(catalog, options);

    /// <summary>
    /// Loads a model like <c>ml.Model.Load</c>, and puts batched transformers in the place of the ONNX transformers in its chain.
    /// Those that can't be batched stay as they are, which is logged.
    /// </summary>
    /// <param name="catalog">The model operations of an <see cref="MLContext"/>.</param>
    /// <param name="filePath">A model saved by <c>ml.Model.Save</c>.</param>
    /// <param name="inputSchema">The schema that the model was saved with.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is no saved model.</exception>
    public static ITransformer LoadWithBatchedOnnx(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema inputSchema)
        => LoadWithBatchedOnnx(catalog, filePath, new OnnxRunOptions(), out inputSchema);

    /// <inheritdoc cref="LoadWithBatchedOnnx(ModelOperationsCatalog, string, out DataViewSchema)"/>
    /// <param name="catalog">The model operations of an <see cref="MLContext"/>.</param>
    /// <param name="filePath">A model saved by <c>ml.Model.Save</c>.</param>
    /// <param name="options">How the ONNX models are to run.</param>
    /// <param name="inputSchema">The schema that the model was saved with.</param>
    /// <exception cref="InvalidOperationException">The GPU of the options can't be used, and the CPU isn't allowed instead.</exception>
    public static ITransformer LoadWithBatchedOnnx(
        this ModelOperationsCatalog catalog, string filePath, OnnxRunOptions options, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        RunSettings settings = new(options, catalog);
        if (!File.Exists(filePath))
        {
            throw new FileNotFoundException($"There is no file '{filePath}', expected a saved model.", filePath);
        }

        ITransformer loaded = catalog.Load(filePath, out inputSchema);
        using ZipArchive archive = ZipFile.OpenRead(filePath);
        try
        {
            return new BatchedChain(archive, filePath, settings).Rewrite(loaded);
        }
        catch
        {
            (loaded as IDisposable)?.Dispose();
            throw;
        }
    }
}
