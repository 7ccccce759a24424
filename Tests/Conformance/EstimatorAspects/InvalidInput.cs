namespace OnnxAE.Tests.Conformance;

/// <summary>Input that can't be taken is refused, before a row is read, by every method that sees its schema, with the same type of exception.</summary>
internal sealed class InvalidInput : IEstimatorAspect
{
    public void Check(EstimatorCase estimator)
    {
        foreach (IReadOnlyList<(string Method, Exception Error)> refusals in Refusals.Of(estimator))
        {
            foreach ((string method, Exception error) in refusals)
            {
                Assert.IsTrue(error is ArgumentOutOfRangeException or InvalidOperationException, $"{method} throws {error}");
                Assert.AreEqual(refusals[0].Error.GetType(), error.GetType(), $"{method} and {refusals[0].Method} throw different exceptions");
            }
        }
    }
}
