using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>Maximum entropy on the labeled rows' features.</summary>
internal sealed class LinearArm(ArmKind kind, string description, FeatureSet features, ArmSettings settings, string workFolder)
    : FeatureArm(features, settings, workFolder)
{
    /// <inheritdoc/>
    public override string Name => Features.Source.Name;

    /// <inheritdoc/>
    public override ArmKind Kind => kind;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    public override double ExpectedSeconds(LabelSlice slice) =>
        0.5 + (2e-6 * Math.Min(slice.Rows.Count, Knobs.ValidationRows) * Features.Source.Dimension) + (1e-6 * slice.Rows.Count * Features.Source.Dimension);

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> CreateTrainer(MLContext ml, float l2, LabelSlice slice, CancellationToken cancellationToken) =>
        LinearHead.Create(ml, l2, isWeighted: false, Knobs.TrainerThreads);
}
