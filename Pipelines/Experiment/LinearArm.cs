using Microsoft.ML;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>Maximum entropy on the labeled rows' features.</summary>
internal sealed class LinearArm(ArmKind kind, string description, FeatureSet features, ExperimentSettings settings, string workFolder)
    : FeatureArm(features, settings, workFolder)
{
    /// <inheritdoc/>
    public override string Name => Features.Source.Name;

    /// <inheritdoc/>
    public override ArmKind Kind => kind;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    public override double ExpectedSeconds(LabelSlice slice) => 1 + (Math.Min(slice.Rows.Count, 10_000) / 600.0);

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> CreateTrainer(MLContext ml, float l2, LabelSlice slice) =>
        LinearHead.Create(ml, l2, isWeighted: false, Knobs.TrainerThreads);
}
