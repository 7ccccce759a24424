using OnnxAE.Inference;
using OnnxAE.Models;

namespace OnnxAE.Pipelines;

/// <summary>Which arms an experiment has for its encoders, in the order of the table.</summary>
/// <param name="data">The images.</param>
/// <param name="settings">The knobs.</param>
/// <param name="folder">Where graphs are composed and models are saved for a moment.</param>
internal sealed class ArmPlan(LabeledImages data, ArmSettings settings, string folder)
{
    private readonly DataSetDefaults defaults = DataSetDefaults.For(data.Name);

    /// <summary>The arms of the kinds asked for.</summary>
    public IReadOnlyList<IArm> Create(IReadOnlyList<FrozenEncoder> encoders, IReadOnlyCollection<ArmKind> kinds, int seed)
    {
        Directory.CreateDirectory(folder);
        IEnumerable<IArm> arms =
        [
            Linear(ArmKind.Raw, "Maximum entropy on the pixels.", FeatureSource.Pixels(data.Train.PixelCount)),
            Linear(ArmKind.Pca, "Maximum entropy on the principal components of the unlabeled training images.", FeatureSource.Components(settings.Components, seed)),
            .. encoders.SelectMany(FrozenArms),
            .. encoders.Count > 1 ? Frozen(Features(Together(encoders))) : [],
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
        if (encoder.ShowsBothLayers)
        {
            FeatureLayer other = encoder.Layer == FeatureLayer.Code ? FeatureLayer.Map : FeatureLayer.Code;
            yield return Linear(ArmKind.Frozen, Describe(other), Source(encoder, other));
        }

        foreach (IArm arm in Frozen(Features(Source(encoder, encoder.Layer)), Describe(encoder.Layer)))
        {
            yield return arm;
        }
    }

    private IEnumerable<IArm> Frozen(FeatureSet features, string description = "Maximum entropy on the features of all encoders, side by side.") =>
    [
        new LinearArm(ArmKind.Frozen, description, features, settings, folder),
        new SelfTrainingArm(features, settings, folder),
        new SpreadingArm(ArmKind.LabelSpreading, features, settings, folder),
        new SpreadingArm(ArmKind.LabelSpreadingMlp, features, settings, folder),
    ];

    private string Describe(FeatureLayer layer)
    {
        string name = layer == FeatureLayer.Code ? "code" : "layer before the code";
        return $"Maximum entropy on the frozen encoder's {name}{(defaults.Mirror ? ", averaged over each image and its mirror image" : "")}.";
    }

    private LinearArm Linear(ArmKind kind, string description, FeatureSource source) => new(kind, description, Features(source), settings, folder);

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
        if (!defaults.HasToMirror(path))
        {
            return path;
        }

        string averaged = Path.Combine(folder, $"{ModelHash.OfFile(path)[..8]}-mirror.onnx");
        OnnxEncoders.MirrorAverage(path, averaged);
        return averaged;
    }
}
