using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>An estimator that learns nothing: it was made with its transformer.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected TrivialEstimator(IHostEnvironment host, TTransformer transformer)
    {
        Contracts.CheckValue(transformer, nameof(transformer));
        Host = host;
        Transformer = transformer;
    }

    private protected IHostEnvironment Host { get; }

    private protected TTransformer Transformer { get; }

    public TTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        Transformer.GetOutputSchema(input.Schema); // refuses input that the transformer cannot take
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
