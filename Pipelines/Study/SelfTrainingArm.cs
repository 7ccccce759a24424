using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Maximum entropy on the features, fitted anew to its own predictions for the unlabeled rows.</summary>
internal sealed class SelfTrainingArm(FeatureSet features, ArmSettings settings, string workFolder) : FeatureArm(features, settings, workFolder)
{
    /// <inheritdoc/>
    public override string Name => $"{Features.Source.Name} + self-training";

    /// <inheritdoc/>
    public override ArmKind Kind => ArmKind.SelfTraining;

    /// <inheritdoc/>
    public override string Description => "Maximum entropy on the frozen encoder's features, taught its own predictions, the certain ones first.";

    /// <inheritdoc/>
    protected override object OwnSettings => new { Knobs.SelfTrainingRounds, Knobs.SelfTrainingNumbers };

    /// <inheritdoc/>
    public override double ExpectedSeconds(LabelSlice slice) => 4 + (1e-6 * Knobs.SelfTrainingNumbers);

    /// <inheritdoc/>
    public override string? WhyNot(LabelSlice slice) => slice.IsWhole ? "no label is hidden, so there is nothing to predict for" : null;

    /// <inheritdoc/>
    protected override IDataView OpenTraining(MLContext ml, LabelSlice slice) => Features.All(ml, slice);

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> CreateTrainer(MLContext ml, float l2, LabelSlice slice, CancellationToken cancellationToken) =>
        ml.MulticlassClassification.Trainers.SelfTraining(LinearHead.Create(ml, l2, isWeighted: true, Knobs.TrainerThreads), new SelfTrainingOptions
        {
            ExampleWeightColumnName = LinearHead.WeightColumn,
            MaximumPseudoLabeledRows = Knobs.SelfTrainingNumbers / Features.Source.Dimension,
            Rounds = Knobs.SelfTrainingRounds,
            Seed = slice.Seed,
            Progress = new CancellingProgress<SemiSupervisedProgress>(cancellationToken),
        });
}
