using System.IO.Compression;
using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Loading of saved models with batched scoring.</summary>
public static class BatchedOnnxModelExtensions
{
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
        RunSettings settings = RunSettings.Of(options);
        if (!File.Exists(filePath))
            throw new FileNotFoundException($"There is no file '{filePath}', expected a saved model.", filePath);

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
