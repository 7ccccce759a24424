using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// A head that learns labels which spread over the graph of neighbors. Spreading starts from the probabilities of the linear
/// head, whichever head learns the labels in the end.
/// </summary>
internal static class SpreadingHead
{
    /// <summary>Most numbers of pseudo-labeled rows that a kind of head learns from.</summary>
    public static int NumbersOf(HeadKind kind, HeadSettings settings) => kind == HeadKind.Linear ? settings.PseudoLabeledNumbers : settings.PerceptronNumbers;

    /// <summary>Makes the trainer.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="kind">What learns the labels.</param>
    /// <param name="l2">The linear head's penalty.</param>
    /// <param name="dimension">Numbers of a row.</param>
    /// <param name="neighbors">The neighbors of all rows.</param>
    /// <param name="settings">The knobs.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <param name="cancellationToken">Looked at between stages.</param>
    /// <param name="isTrainedOn">Which unlabeled rows the head may learn; null for all.</param>
    public static IEstimator<ITransformer> Create(
        MLContext ml, HeadKind kind, float l2, int dimension, NearestNeighbors neighbors, HeadSettings settings, int seed, CancellationToken cancellationToken,
        Func<int, bool>? isTrainedOn = null)
    {
        var trainers = ml.MulticlassClassification.Trainers;
        var linear = LinearHead.Create(ml, l2, isWeighted: true, settings.TrainerThreads);
        var options = new LabelSpreadingOptions
        {
            ExampleWeightColumnName = LinearHead.WeightColumn,
            MaximumPseudoLabeledRows = NumbersOf(kind, settings) / dimension,
            NeighborCount = neighbors.NeighborCount,
            Neighbors = neighbors,
            IsTrainedOn = isTrainedOn,
            Seed = seed,
            Progress = new CancellingProgress<SemiSupervisedProgress>(cancellationToken),
        };
        return kind == HeadKind.Linear
            ? trainers.LabelSpreading(linear, options)
            : trainers.LabelSpreading(CreatePerceptron(ml, settings.Perceptron, isWeighted: true, seed, cancellationToken), options, starter: linear);
    }

    /// <summary>A head with a hidden layer.</summary>
    public static MultilayerPerceptronEstimator CreatePerceptron(
        MLContext ml, MultilayerPerceptronOptions options, bool isWeighted, int seed, CancellationToken cancellationToken) =>
        ml.MulticlassClassification.Trainers.MultilayerPerceptron(options with
        {
            ExampleWeightColumnName = isWeighted ? LinearHead.WeightColumn : null,
            Seed = seed,
            CancellationToken = cancellationToken,
        });
}
