using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>An estimator, and data to try it on.</summary>
internal sealed class EstimatorCase : IDisposable
{
    private readonly Lazy<ITransformer> _transformer;

    /// <param name="estimator">What is to be checked.</param>
    /// <param name="validFitInput">Rows that it can be fitted to and that its transformer can transform: 20 to 100 will do.</param>
    /// <param name="validTransformInput">Rows that only the transformer can take, such as those without a label; null where there are none.</param>
    /// <param name="invalidInputs">Rows that neither can take: a column is missing, or of another type.</param>
    public EstimatorCase(
        IEstimator<ITransformer> estimator, IDataView validFitInput, IDataView? validTransformInput = null, params IDataView[] invalidInputs)
    {
        Estimator = estimator;
        FitInput = Table.Of(validFitInput);
        TransformInput = validTransformInput is null ? null : Table.Of(validTransformInput);
        InvalidInputs = invalidInputs;
        _transformer = new Lazy<ITransformer>(() => Estimator.Fit(FitInput));
    }

    public IEstimator<ITransformer> Estimator { get; }

    public Table FitInput { get; }

    public Table? TransformInput { get; }

    public IReadOnlyList<IDataView> InvalidInputs { get; }

    /// <summary>Whether the transformer can be saved; saving another one must be refused.</summary>
    public bool IsSavable { get; init; } = true;

    /// <summary>The fitted transformer.</summary>
    public ITransformer Transformer => _transformer.Value;

    /// <summary>Rows to transform, and what is special about them.</summary>
    public IEnumerable<(string Name, Table Rows)> Inputs
    {
        get
        {
            yield return ("many rows", FitInput);
            yield return ("one row", FitInput.Take(1));
            yield return ("no rows", FitInput.Take(0));
            yield return ("rows with NaN", FitInput.WithNaN());
            if (TransformInput is not null)
            {
                yield return ("rows for the transformer alone", TransformInput);
            }
        }
    }

    public void Dispose()
    {
        if (_transformer.IsValueCreated)
        {
            (Transformer as IDisposable)?.Dispose();
        }
    }
}
