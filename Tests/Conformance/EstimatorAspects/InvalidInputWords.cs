namespace OnnxAE.Tests.Conformance;

/// <summary>All methods refuse the same input in the same words.</summary>
internal sealed class InvalidInputWords : IEstimatorAspect
{
    public void Check(EstimatorCase estimator)
    {
        foreach (IReadOnlyList<(string Method, Exception Error)> refusals in Refusals.Of(estimator))
        {
            foreach ((string method, Exception error) in refusals)
            {
                Assert.AreEqual(Words(refusals[0].Error), Words(error), $"{method} and {refusals[0].Method} refuse the same input in other words");
            }
        }
    }

    // The parameter that is named at the end is each method's own.
    private static string Words(Exception error) => error.Message.Split(" (Parameter")[0];
}
