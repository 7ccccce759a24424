using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>
/// A pipeline as its users meet it: fitted, saved as .zip, loaded again. Every figure of this program is measured on
/// what was loaded, so that a figure cannot be better than the file.
/// </summary>
internal static class SavedPipeline
{
    /// <summary>Fits, saves and loads.</summary>
    /// <param name="ml">The context to load with.</param>
    /// <param name="estimator">The pipeline.</param>
    /// <param name="data">What it is fitted to.</param>
    /// <param name="path">Where the .zip goes; replaced if it is there.</param>
    public static ITransformer Create(MLContext ml, IEstimator<ITransformer> estimator, IDataView data, string path)
    {
        ITransformer fitted = estimator.Fit(data);
        ml.Model.Save(fitted, data.Schema, path);
        (fitted as IDisposable)?.Dispose();
        return ml.Model.LoadWithBatchedOnnx(path, out _);
    }
}
