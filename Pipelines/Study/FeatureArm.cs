using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>An arm whose classifier takes features that no label changes.</summary>
/// <param name="features">The features.</param>
/// <param name="settings">The knobs.</param>
/// <param name="workFolder">Where models are saved for a moment.</param>
internal abstract class FeatureArm(FeatureSet features, ArmSettings settings, string workFolder) : IArm
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract ArmKind Kind { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public bool IsFrozen => features.Source.Encoders.Count > 0;

    /// <inheritdoc/>
    public FeatureSet Features => features;

    /// <inheritdoc/>
    public virtual bool NeedsNeighbors => false;

    /// <inheritdoc/>
    public double PretrainingSeconds => features.Source.Encoders.Sum(encoder => encoder.TrainingSeconds);

    /// <inheritdoc/>
    public object Settings => new { Features = features.Source.Identity, Linear = settings.Linear, Own = OwnSettings };

    /// <summary>What the kind of arm adds to the settings.</summary>
    protected virtual object? OwnSettings => null;

    /// <summary>The knobs.</summary>
    protected ArmSettings Knobs => settings;

    /// <inheritdoc/>
    public abstract double ExpectedSeconds(LabelSlice slice);

    /// <inheritdoc/>
    public virtual string? WhyNot(LabelSlice slice) => null;

    /// <inheritdoc/>
    public FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken)
    {
        var ml = new MLContext(slice.Seed);
        float l2 = features.PenaltyFor(slice, cancellationToken).L2;
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new TemporaryFile(Path.Combine(workFolder, $"{Path.GetRandomFileName()}.zip"));
        ITransformer model = SavedPipeline.Create(ml, CreateTrainer(ml, l2, slice, cancellationToken), OpenTraining(ml, slice), file.Path);
        return new FittedModel(model, ModelHash.OfArchive(file.Path), new Dictionary<string, double> { ["l2"] = l2 });
    }

    /// <inheritdoc/>
    public IDataView OpenTest(MLContext ml) => features.Test(ml);

    /// <summary>The rows that the trainer is fitted to.</summary>
    protected virtual IDataView OpenTraining(MLContext ml, LabelSlice slice) => features.Labeled(ml, slice);

    /// <summary>The trainer.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="l2">The penalty that the slice chose.</param>
    /// <param name="slice">The labels.</param>
    /// <param name="cancellationToken">Looked at between the trainer's stages, where it tells of them.</param>
    protected abstract IEstimator<ITransformer> CreateTrainer(MLContext ml, float l2, LabelSlice slice, CancellationToken cancellationToken);
}
