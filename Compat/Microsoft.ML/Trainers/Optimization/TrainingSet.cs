namespace Microsoft.ML.Trainers;

/// <summary>The rows of a training view that have a label and finite features, in memory.</summary>
/// <param name="Features">One array a row.</param>
/// <param name="Labels">The class of a row, from 0.</param>
/// <param name="Weights">The weight of a row; null when all are 1.</param>
/// <param name="ClassCount">The number of classes.</param>
/// <param name="FeatureCount">The length of every array of features.</param>
internal sealed record TrainingSet(IReadOnlyList<float[]> Features, IReadOnlyList<int> Labels, IReadOnlyList<float> Weights, int ClassCount, int FeatureCount)
{
    public int Count => Features.Count;

    public double WeightSum => Weights?.Sum(w => (double)w) ?? Count;
}
