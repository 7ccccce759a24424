namespace OnnxAE.Tests.Conformance;

[TestClass]
public sealed class EstimatorConformanceTests
{
    public static IEnumerable<object[]> EveryAspect
        => EstimatorCases.Names.SelectMany(EstimatorCases.AspectsOf, (estimator, aspect) => new object[] { estimator, aspect.Name });

    public static IEnumerable<object[]> EveryEstimator => EstimatorCases.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(EveryAspect))]
    public void Estimators_and_their_transformers_do_what_ML_NET_expects(string estimator, string aspect)
    {
        using EstimatorCases cases = new();
        using EstimatorCase one = cases.Make(estimator);
        EstimatorConformance.Aspects.Single(a => a.Name == aspect).Check(one);
    }

    [TestMethod]
    [DynamicData(nameof(EveryEstimator))]
    public void Prediction_engines_give_what_the_view_gives(string estimator)
    {
        using EstimatorCases cases = new();
        using EstimatorCase one = cases.Make(estimator);
        PredictionEngineConformance.Check(one.Estimator.Fit(one.FitInput), SampleRow.Make(9));
    }
}
