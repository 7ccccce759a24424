using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Which arms an experiment has for its encoders, in the order of the table.</summary>
/// <param name="data">The images.</param>
/// <param name="settings">The knobs.</param>
/// <param name="folder">Where graphs are composed and models are saved for a moment.</param>
internal sealed class ArmPlan(LabeledImages data, ArmSettings settings, string folder)
{
    private readonly DataSetDefaults _defaults = DataSetDefaults.For(data);

    /// <summary>The arms of the kinds asked for.</summary>
    public IReadOnlyList<IArm> Create(IReadOnlyList<FrozenEncoder> encoders, IReadOnlyCollection<ArmKind> kinds, int seed)
    {
        Directory.CreateDirectory(folder);
        IEnumerable<IArm> arms =
        [
            Linear(ArmKind.Raw, FeatureSource.Pixels(data.Train.Size), "the pixels"),
            Linear(ArmKind.Pca, FeatureSource.Components(settings.Components, seed), "the principal components of the unlabeled training images"),
            .. encoders.SelectMany(FrozenArms),
            .. encoders.Count > 1 ? Frozen(Together(encoders), "the features of all encoders, side by side") : [],
            .. encoders.Where(encoder => encoder.RunFolder is not null).Select(encoder => Network(ArmKind.FineTuned, encoder)),
            .. encoders.Where(IsTrainable).DistinctBy(encoder => encoder.Architecture!.Name).SelectMany(FromScratch),
        ];
        return [.. arms.Where(arm => kinds.Contains(arm.Kind))];
    }

    private static bool IsTrainable(FrozenEncoder encoder) => encoder.Architecture is { Kind: ArchitectureKind.Autoencoder };

    private IEnumerable<IArm> FromScratch(FrozenEncoder encoder) =>
        encoder.Corruption is null
            ? [Network(ArmKind.Scratch, encoder)]
            : [Network(ArmKind.Scratch, encoder), Network(ArmKind.ScratchAugmented, encoder)];

    private IEnumerable<IArm> FrozenArms(FrozenEncoder encoder)
    {
        FeatureLayer other = encoder.Layer == FeatureLayer.Code ? FeatureLayer.Map : FeatureLayer.Code;
        return
        [
            .. encoder.ShowsBothLayers ? [Linear(ArmKind.Frozen, Source(encoder, other), Describe(other))] : (IEnumerable<IArm>)[],
            .. Frozen(Source(encoder, encoder.Layer), Describe(encoder.Layer)),
        ];
    }

    private IEnumerable<IArm> Frozen(FeatureSource source, string described)
    {
        FeatureSet features = Features(source); // in memory once for all four
        return
        [
            Arm(ArmKind.Frozen, features, described, new LinearHead(settings)),
            Arm(ArmKind.SelfTraining, features, described, new SelfTrainingHead(settings)),
            Arm(ArmKind.LabelSpreading, features, described, new SpreadingHead(HeadKind.Linear, settings)),
            Arm(ArmKind.LabelSpreadingMlp, features, described, new SpreadingHead(HeadKind.Mlp, settings)),
        ];
    }

    private string Describe(FeatureLayer layer) =>
        $"the frozen encoder's {layer.ToString().ToLowerInvariant()}{(_defaults.Mirror ? ", averaged over each image and its mirror image" : "")}";

    private FeatureArm Linear(ArmKind kind, FeatureSource source, string described) => Arm(kind, Features(source), described, new LinearHead(settings));

    private FeatureArm Arm(ArmKind kind, FeatureSet features, string described, Head head) => new(kind, features, described, head, settings, folder);

    private NetworkArm Network(ArmKind kind, FrozenEncoder encoder) => new(kind, encoder, data, settings, folder);

    private FeatureSet Features(FeatureSource source) => new(source, data, settings);

    private FeatureSource Source(FrozenEncoder encoder, FeatureLayer layer) =>
        FeatureSource.Onnx(encoder.MapFile is null ? encoder.Name : $"{encoder.Name} {layer.ToString().ToLowerInvariant()}", PathOf(encoder, layer)) with { Encoders = [encoder] };

    private FeatureSource Together(IReadOnlyList<FrozenEncoder> encoders)
    {
        string[] paths = [.. encoders.Select(encoder => PathOf(encoder, encoder.Layer))];
        string together = Path.Combine(folder, $"{string.Join('-', paths.Select(path => ModelHash.OfFile(path)[..8]))}.onnx");
        OnnxEncoders.Concatenate(paths, together);
        return FeatureSource.Onnx($"{encoders.Count} encoders", together) with { Encoders = encoders };
    }

    private string PathOf(FrozenEncoder encoder, FeatureLayer layer)
    {
        string path = encoder.FileOf(layer);
        if (!_defaults.HasToMirror(path))
        {
            return path;
        }

        string averaged = Path.Combine(folder, $"{ModelHash.OfFile(path)[..8]}-mirror.onnx");
        OnnxEncoders.MirrorAverage(path, averaged);
        return averaged;
    }
}

/// <summary>Every knob of the arms, with the reason for its value. None was chosen here by test images; what a pilot study had seen is said in docs/RESULTS.md.</summary>
internal sealed record ArmSettings : HeadSettings
{
    private static readonly ClassifierOptions Network = new() { LearningRate = 2e-3, Schedule = LearningRateSchedule.OneCycle, WeightDecay = 1e-4 };

    /// <summary>Components of the PCA arm: as many numbers as the source documents' dense code has.</summary>
    public int Components { get; init; } = 30;

    /// <summary>
    /// How the pretrained encoder is trained on. Chosen, like the two below, for 500 labels of MNIST by the error on 10,000
    /// other training images, two draws: 250 steps gave 2.3 %, 600 gave 2.1 %, at twice the rate 2.0 %.
    /// </summary>
    public ClassifierOptions FineTuning { get; init; } = Network with { Steps = 600, BatchSize = 64 };

    /// <summary>
    /// How the same network is trained from random weights on clean images. Small batches do best: 250 steps of 64 gave 10.2 %,
    /// 1,000 of 16 gave 8.0 %, and twice as many 7.4 %.
    /// </summary>
    public ClassifierOptions Scratch { get; init; } = Network with { Steps = 1_500, BatchSize = 16 };

    /// <summary>The same on augmented images: 1,500 steps of 32 gave 2.1 %, and 700 of 64 at a higher rate as much.</summary>
    public ClassifierOptions ScratchAugmented { get; init; } = Network with { Steps = 1_500, BatchSize = 32 };

    /// <summary>Passes over the labeled images at the least, where they are many.</summary>
    public int NetworkMinimumEpochs { get; init; } = 4;

    /// <summary>About how long features of 70,000 images take on two cores: what the time left is told by.</summary>
    public double ExpectedFeatureSeconds { get; init; } = 15;

    /// <summary>About how long the neighbors of 60,000 rows take on two cores.</summary>
    public double ExpectedNeighborSeconds { get; init; } = 40;
}
