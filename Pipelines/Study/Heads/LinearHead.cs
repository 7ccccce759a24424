using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace OnnxAE.Pipelines;

/// <summary>ML.NET's maximum-entropy classifier on the labeled rows.</summary>
internal sealed class LinearHead(HeadSettings settings) : Head(settings)
{
    public override string Describe(string features) => $"Maximum entropy on {features}.";

    public override double ExpectedSeconds(LabelSlice slice, int dimension) =>
        0.5 + (2e-6 * Math.Min(slice.Rows.Count, Settings.ValidationRows) * dimension) + (1e-6 * slice.Rows.Count * dimension);

    public override IEstimator<ITransformer> CreateTrainer(HeadTask task) => Trainer(task.ML, task.Setting, isWeighted: false, Settings.TrainerThreads);

    /// <summary>Makes the trainer, for other heads too.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="l2">Weight of the squared weights.</param>
    /// <param name="isWeighted">Whether rows have weights.</param>
    /// <param name="threads">Parts that each sum is taken in: of one number the result is the same on any number of cores.</param>
    public static LbfgsMaximumEntropyMulticlassTrainer Trainer(MLContext ml, double l2, bool isWeighted, int threads) =>
        ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0, // a feature is to be weighed, not dropped
            L2Regularization = (float)l2,
            NumberOfThreads = threads,
            MaximumNumberOfIterations = 200,
            ExampleWeightColumnName = isWeighted ? WeightColumn : null,
        });
}
