using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>A head fitted to all training rows, with labels that spread over the graph of neighbors.</summary>
/// <param name="kind"><see cref="ArmKind.LabelSpreading"/> for a linear head, <see cref="ArmKind.LabelSpreadingMlp"/> for one with a hidden layer.</param>
/// <param name="features">The features.</param>
/// <param name="settings">The knobs.</param>
/// <param name="workFolder">Where models are saved for a moment.</param>
internal sealed class SpreadingArm(ArmKind kind, FeatureSet features, ArmSettings settings, string workFolder) : FeatureArm(features, settings, workFolder)
{
    /// <inheritdoc/>
    public override string Name => $"{Features.Source.Name} + label spreading{(IsLinear ? "" : ", MLP")}";

    /// <inheritdoc/>
    public override ArmKind Kind => kind;

    /// <inheritdoc/>
    public override string Description =>
        $"Labels spread over the graph of nearest neighbors among all training images; {(IsLinear ? "maximum entropy" : "a head with a hidden layer")} learns them.";

    /// <inheritdoc/>
    public override bool NeedsNeighbors => true;

    /// <inheritdoc/>
    protected override object OwnSettings => new { Knobs.NeighborCount, Numbers, Perceptron = IsLinear ? null : Knobs.Perceptron };

    private bool IsLinear => kind == ArmKind.LabelSpreading;

    private HeadKind Head => IsLinear ? HeadKind.Linear : HeadKind.Mlp;

    private int Numbers => SpreadingHead.NumbersOf(Head, Knobs);

    /// <inheritdoc/>
    public override double ExpectedSeconds(LabelSlice slice) =>
        4 + (3e-7 * Math.Min(Numbers, (double)slice.Keys.Count * Features.Source.Dimension));

    /// <inheritdoc/>
    public override string? WhyNot(LabelSlice slice) => slice.IsWhole ? "no label is hidden, so there is nowhere to spread to" : null;

    /// <inheritdoc/>
    protected override IDataView OpenTraining(MLContext ml, LabelSlice slice) => Features.All(ml, slice);

    /// <inheritdoc/>
    protected override IEstimator<ITransformer> CreateTrainer(MLContext ml, float l2, LabelSlice slice, CancellationToken cancellationToken) =>
        SpreadingHead.Create(ml, Head, l2, Features.Source.Dimension, Features.Neighbors, Knobs, slice.Seed, cancellationToken);
}
