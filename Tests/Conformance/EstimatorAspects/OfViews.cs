using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>The views that a transformer makes, of many rows, one, none and rows with NaN, do what every view must.</summary>
internal sealed class OfViews(IViewAspect aspect) : IEstimatorAspect
{
    public string Name => aspect.GetType().Name;

    public void Check(EstimatorCase estimator)
    {
        foreach ((string name, Table rows) in estimator.Inputs)
        {
            IDataView view = estimator.Transformer.Transform(rows);
            try
            {
                aspect.Check(view);
            }
            catch (AssertFailedException e)
            {
                throw new AssertFailedException($"{name}: {e.Message}", e);
            }
        }
    }
}
