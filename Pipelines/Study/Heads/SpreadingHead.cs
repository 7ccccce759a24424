using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// Learns from all rows: labels spread to the others over the graph of neighbors. Spreading starts from the probabilities of a
/// linear head, whichever head learns the labels in the end.
/// </summary>
/// <param name="kind">What learns the labels.</param>
/// <param name="settings">The knobs.</param>
internal sealed class SpreadingHead(HeadKind kind, HeadSettings settings) : Head(settings)
{
    public override string Suffix => $" + label spreading{(IsLinear ? "" : ", MLP")}";
    public override bool LearnsFromAllRows => true;
    public override bool NeedsNeighbors => true;
    public override object OwnSettings => new { Settings.NeighborCount, Numbers, Perceptron = IsLinear ? null : Settings.Perceptron };

    private bool IsLinear => kind == HeadKind.Linear;

    // Most numbers of pseudo-labeled rows that the head learns from.
    private int Numbers => IsLinear ? Settings.PseudoLabeledNumbers : Settings.PerceptronNumbers;

    public override string Describe(string features) =>
        $"Labels spread over the graph of nearest neighbors among all training images; {(IsLinear ? "maximum entropy" : "a head with a hidden layer")} learns them.";

    public override double ExpectedSeconds(LabelSlice slice, int dimension) => 4 + (3e-7 * Math.Min(Numbers, (double)slice.Keys.Count * dimension));
    public override string? WhyNot(LabelSlice slice) => slice.IsWhole ? "no label is hidden, so there is nowhere to spread to" : null;

    public override IEstimator<ITransformer> CreateTrainer(HeadTask task)
    {
        var trainers = task.ML.MulticlassClassification.Trainers;
        var linear = LinearHead.Trainer(task.ML, task.Setting, isWeighted: true, Settings.TrainerThreads);
        var options = new LabelSpreadingOptions
        {
            ExampleWeightColumnName = WeightColumn,
            MaximumPseudoLabeledRows = Numbers / task.Dimension,
            NeighborCount = task.Neighbors!.NeighborCount,
            Neighbors = task.Neighbors,
            IsTrainedOn = task.IsTrainedOn,
            Seed = task.Seed,
            CancellationToken = task.CancellationToken,
        };
        return IsLinear
            ? trainers.LabelSpreading(linear, options)
            : trainers.LabelSpreading(PerceptronHead.Trainer(task, Settings.Perceptron, isWeighted: true), options, starter: linear);
    }
}
