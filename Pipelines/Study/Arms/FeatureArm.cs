using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>Features that no label changes, with a head on them.</summary>
/// <param name="kind">What it is.</param>
/// <param name="features">The features.</param>
/// <param name="described">The features in a sentence.</param>
/// <param name="head">The head.</param>
/// <param name="settings">The knobs.</param>
/// <param name="workFolder">Where models are saved for a moment.</param>
internal sealed class FeatureArm(ArmKind kind, FeatureSet features, string described, Head head, HeadSettings settings, string workFolder) : IArm
{
    public string Name => features.Source.Name + head.Suffix;
    public ArmKind Kind => kind;
    public string Description => head.Describe(described);
    public bool IsFrozen => features.Source.Encoders.Count > 0;
    public FeatureSet Features => features;
    public bool NeedsNeighbors => head.NeedsNeighbors;
    public double PretrainingSeconds => features.Source.Encoders.Sum(encoder => encoder.TrainingSeconds);
    public object Settings => new { Features = features.Source.Identity, settings.Linear, Own = head.OwnSettings };
    public double ExpectedSeconds(LabelSlice slice) => head.ExpectedSeconds(slice, features.Source.Dimension);
    public string? WhyNot(LabelSlice slice) => head.WhyNot(slice);

    public FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken)
    {
        var ml = new MLContext(slice.Seed);
        double l2 = features.PenaltyFor(slice, cancellationToken).L2;
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new TemporaryFile(Path.Combine(workFolder, $"{Path.GetRandomFileName()}.zip"));
        var task = new HeadTask(ml, l2, features.Source.Dimension, features.Neighbors, slice.Seed, cancellationToken);
        IDataView rows = head.LearnsFromAllRows ? features.All(ml, slice) : features.Labeled(ml, slice);
        ITransformer model = SavedPipeline.Create(ml, head.CreateTrainer(task), rows, file.Path);
        return new FittedModel(model, ModelHash.OfArchive(file.Path), new Dictionary<string, double> { ["l2"] = l2 });
    }

    public IDataView OpenTest(MLContext ml) => features.Test(ml);
}
