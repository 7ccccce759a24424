using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>What every method that sees a schema says to input that can't be taken.</summary>
internal static class Refusals
{
    /// <summary>For each invalid input the exceptions of all methods; fails where a method takes it.</summary>
    public static IEnumerable<IReadOnlyList<(string Method, Exception Error)>> Of(EstimatorCase estimator)
    {
        IEstimator<ITransformer> untrained = estimator.Estimator;
        ITransformer transformer = estimator.Transformer;
        ITransformer loaded = estimator.IsSavable ? SavedModel.SaveAndLoad(transformer, estimator.FitInput.Schema, out _) : transformer;
        foreach (IDataView input in estimator.InvalidInputs)
        {
            yield return Try(
                ("GetOutputSchema of the estimator", () => untrained.GetOutputSchema(SchemaShapes.Of(input.Schema))),
                ("Fit", () => untrained.Fit(input)),
                ("GetOutputSchema of the transformer", () => transformer.GetOutputSchema(input.Schema)),
                ("Transform", () => transformer.Transform(input)),
                ("GetRowToRowMapper", () => transformer.GetRowToRowMapper(input.Schema)),
                ("GetOutputSchema of the loaded transformer", () => loaded.GetOutputSchema(input.Schema)),
                ("Transform of the loaded transformer", () => loaded.Transform(input)));
        }

        if (estimator.TransformInput is { } untrainable)
        {
            yield return Try(
                ("GetOutputSchema of the estimator", () => untrained.GetOutputSchema(SchemaShapes.Of(untrainable.Schema))),
                ("Fit", () => untrained.Fit(untrainable)));
        }

        if (loaded != transformer)
        {
            (loaded as IDisposable)?.Dispose();
        }
    }

    private static (string Method, Exception Error)[] Try(params (string Method, Action Call)[] attempts)
        => [.. attempts.Select(a => (a.Method, Assert.Throws<Exception>(a.Call, $"{a.Method} takes invalid input")))];
}
