using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>Makes the estimators of the catalogues.</summary>
internal static class BatchedOnnxFactory
{
    public static BatchedOnnxEstimator Create(TransformsCatalog catalog, BatchedOnnxOptions options, bool readsPixels = true)
    {
        RunSettings settings = Check(catalog, options);
        return Create(OnnxModelPlanner.Plan(options) with { ReadsPixels = readsPixels }, settings);
    }

    public static BatchedOnnxEstimator Create(TransformsCatalog catalog, BatchedOnnxModelOptions options)
    {
        RunSettings settings = Check(catalog, options);
        return Create(OnnxModelPlanner.Plan(options), settings);
    }

    /// <summary>Of a model in memory, of one input and one output, whose input is no pixels.</summary>
    public static BatchedOnnxTransformer CreateTransformer(byte[] model, string inputColumnName, string outputColumnName, string source)
    {
        OnnxModelPlan plan = OnnxModelPlanner.Plan(OnnxModelSource.Store(model, source), [inputColumnName], [outputColumnName]);
        return Create(plan with { ReadsPixels = false }, RunSettings.Of(new OnnxRunOptions())).CreateTransformer();
    }

    /// <summary>Of a model that gives as many values as it takes.</summary>
    public static BatchedOnnxEstimator CreateWhole(TransformsCatalog catalog, BatchedOnnxOptions? options, string? errorColumnName)
    {
        RunSettings settings = Check(catalog, options);
        OnnxModelDefinition definition = new(OnnxModelPlanner.Plan(options!, errorColumn: errorColumnName), out byte[] bytes);
        TensorSpec takes = definition.Inputs[0];
        TensorSpec gives = definition.Outputs[0];
        if (takes.RowSize != gives.RowSize || takes.Element != gives.Element)
        {
            throw new InvalidDataException($"'{definition.Source}' makes {gives.RowSize} values ({gives.Element.ColumnType}) of {takes.RowSize} "
                + $"({takes.Element.ColumnType}), expected as many as it takes: it is no whole autoencoder.");
        }

        return new BatchedOnnxEstimator(new OnnxScorer(definition, bytes, settings));
    }

    public static BatchedOnnxEstimator CreateSampler(TransformsCatalog catalog, OnnxSamplerOptions options)
    {
        RunSettings settings = Check(catalog, options);
        OnnxModelPlan plan = OnnxModelPlanner.Plan(options, options.NoiseInputName) with { Seed = options.Seed };
        return Create(plan, settings);
    }

    public static BatchedOnnxEstimator Create(OnnxModelPlan plan, RunSettings settings)
    {
        OnnxModelDefinition definition = new(plan, out byte[] bytes);
        return new BatchedOnnxEstimator(new OnnxScorer(definition, bytes, settings));
    }

    private static RunSettings Check(TransformsCatalog catalog, OnnxRunOptions? options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return RunSettings.Of(options);
    }
}
