using System.IO.Compression;
using OnnxAE.Inference.Transforms;

namespace Microsoft.ML;

/// <summary>Loading of saved models with batched scoring.</summary>
public static class BatchedOnnxModelExtensions
{
    /// <summary>
    /// Loads a model like <c>ml.Model.Load</c>, and puts batched transformers in the place of the ONNX transformers in its chain.
    /// Those that can't be batched stay as they are.
    /// </summary>
    /// <param name="catalog">The model operations of an <see cref="MLContext"/>.</param>
    /// <param name="filePath">A model saved by <c>ml.Model.Save</c>.</param>
    /// <param name="inputSchema">The schema that the model was saved with.</param>
    /// <param name="batchSize">Rows of one ONNX Runtime call; 0 chooses.</param>
    /// <param name="gpuDeviceId">The CUDA device to run on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when the GPU can't be used, instead of throwing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is no saved model.</exception>
    public static ITransformer LoadWithBatchedOnnx(
        this ModelOperationsCatalog catalog,
        string filePath,
        out DataViewSchema inputSchema,
        int batchSize = 0,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        ArgumentOutOfRangeException.ThrowIfNegative(batchSize);
        if (!File.Exists(filePath))
            throw new FileNotFoundException($"There is no file '{filePath}', expected a saved model.", filePath);

        ITransformer loaded = catalog.Load(filePath, out inputSchema);
        using ZipArchive archive = ZipFile.OpenRead(filePath);
        return new BatchedChain(archive, filePath, new RunSettings(batchSize, 0, gpuDeviceId, fallbackToCpu)).Rewrite(loaded);
    }
}
