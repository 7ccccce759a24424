namespace OnnxAE.Tests.Conformance;

/// <summary>One thing that every estimator and its transformer must do.</summary>
internal interface IEstimatorAspect
{
    /// <summary>How failures call it.</summary>
    string Name => GetType().Name;

    /// <summary>Fails where they don't.</summary>
    void Check(EstimatorCase estimator);
}
