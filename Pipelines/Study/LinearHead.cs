using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace OnnxAE.Pipelines;

/// <summary>ML.NET's maximum-entropy classifier on features.</summary>
internal static class LinearHead
{
    /// <summary>The column that weighted trainers read weights from.</summary>
    public const string WeightColumn = "Weight";

    /// <summary>Makes the trainer.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="l2">Weight of the squared weights.</param>
    /// <param name="isWeighted">Whether rows have weights.</param>
    /// <param name="threads">Parts that each sum is taken in: of one number the result is the same on any number of cores.</param>
    public static LbfgsMaximumEntropyMulticlassTrainer Create(MLContext ml, float l2, bool isWeighted, int threads) =>
        ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0, // a feature is to be weighed, not dropped
            L2Regularization = l2,
            NumberOfThreads = threads,
            MaximumNumberOfIterations = 200,
            ExampleWeightColumnName = isWeighted ? WeightColumn : null,
        });
}
