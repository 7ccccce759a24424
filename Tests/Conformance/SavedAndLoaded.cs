using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>An estimator whose transformers have been saved, and loaded in some way.</summary>
internal sealed class SavedAndLoaded(IEstimator<ITransformer> estimator, Func<ITransformer, DataViewSchema, ITransformer> saveAndLoad) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        ITransformer transformer = estimator.Fit(input);
        ITransformer loaded = saveAndLoad(transformer, input.Schema);
        (transformer as IDisposable)?.Dispose();
        return loaded;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => estimator.GetOutputSchema(inputSchema);
}
