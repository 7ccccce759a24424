using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Vectors without their zeros are the same vectors.</summary>
internal sealed class SparseInput : IEstimatorAspect
{
    public void Check(EstimatorCase estimator)
    {
        foreach ((string name, Table rows) in estimator.Inputs)
        {
            IDataView dense = estimator.Transformer.Transform(rows);
            IDataView sparse = estimator.Transformer.Transform(rows.AsSparse());
            ReadRows.AssertSame(dense.Schema, ReadRows.Of(dense), ReadRows.Of(sparse), $"{name}, sparse");
        }
    }
}
