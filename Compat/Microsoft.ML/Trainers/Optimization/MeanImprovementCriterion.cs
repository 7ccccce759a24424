namespace Microsoft.ML.Trainers;

/// <summary>Ends an optimization when the geometrically weighted mean of the improvements falls below a tolerance.</summary>
/// <param name="tolerance">The mean improvement that is too small to go on.</param>
/// <param name="lambda">The weight of the past: the larger, the longer it is remembered.</param>
/// <param name="maximumIterations">The number of iterations that ends the optimization in any case.</param>
internal sealed class MeanImprovementCriterion(float tolerance, float lambda, int maximumIterations)
{
    private float _improvement;

    public bool IsMet(float lastValue, float value, int iteration)
    {
        _improvement = lastValue - value + lambda * _improvement;
        float mean = _improvement * (1 - lambda) / (1 - MathF.Pow(lambda, iteration));
        return mean < tolerance || iteration >= maximumIterations;
    }
}
