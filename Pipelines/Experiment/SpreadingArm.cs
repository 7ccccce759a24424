using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>A head fitted to all training rows, with labels that spread over the graph of neighbors.</summary>
internal sealed class SpreadingArm(FeatureSet features, ExperimentSettings settings, string workFolder) : FeatureArm(features, settings, workFolder)
{
    /// <inheritdoc/>
    public override string Name => $"{Features.Source.Name} + label spreading";

    /// <inheritdoc/>
    public override ArmKind Kind => ArmKind.LabelSpreading;

    /// <inheritdoc/>
    public override string Description => "Labels spread over the graph of nearest neighbors among all training images; maximum entropy learns them.";

    /// <inheritdoc/>
    public override bool NeedsNeighbors => true;

    /// <inheritdoc/>
    protected override object OwnSettings => new { Knobs.NeighborCount, Rows = Knobs.PseudoLabeledRows };

    /// <inheritdoc/>
    public override double ExpectedSeconds(LabelSlice slice) => 8;

    /// <inheritdoc/>
    public override string? WhyNot(LabelSlice slice) => slice.IsWhole ? "no label is hidden, so there is nowhere to spread to" : null;

    /// <inheritdoc/>
    protected override IDataView OpenTraining(MLContext ml, LabelSlice slice) => Features.All(ml, slice);

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> CreateTrainer(MLContext ml, float l2, LabelSlice slice) =>
        ml.MulticlassClassification.Trainers.LabelSpreading(LinearHead.Create(ml, l2, isWeighted: true, Knobs.TrainerThreads), new LabelSpreadingOptions
        {
            ExampleWeightColumnName = LinearHead.WeightColumn,
            MaximumPseudoLabeledRows = Knobs.PseudoLabeledRows,
            NeighborCount = Knobs.NeighborCount,
            Neighbors = Features.Neighbors,
            Seed = slice.Seed,
        });
}
