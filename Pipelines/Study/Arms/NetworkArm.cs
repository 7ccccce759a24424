using Microsoft.ML;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Pipelines;

/// <summary>
/// An encoder's layers with an output layer, trained in TorchSharp on the labeled images, exported to ONNX and scored by
/// ML.NET: from the pretrained weights, or from random ones.
/// </summary>
internal sealed class NetworkArm(ArmKind kind, FrozenEncoder encoder, LabeledImages data, ArmSettings settings, string workFolder) : IArm
{
    public string Name => kind == ArmKind.FineTuned ? $"{encoder.Name} fine-tuned"
        : $"{encoder.Architecture!.Name} from scratch{(kind == ArmKind.Scratch ? "" : ", augmented")}";

    public ArmKind Kind => kind;
    public string Description => Way.Description;
    public double PretrainingSeconds => kind == ArmKind.FineTuned ? encoder.TrainingSeconds : 0;

    public object Settings => new
    {
        Network = kind == ArmKind.FineTuned ? encoder.WeightsSha256 : encoder.Architecture!.Name,
        Options.Steps,
        settings.NetworkMinimumEpochs,
        Options.BatchSize,
        Options.LearningRate,
        Schedule = $"{Options.Schedule}",
        Options.WeightDecay,
        Corruption = $"{Corruption}",
    };

    private ICorruption? Corruption => kind == ArmKind.Scratch ? null : encoder.Corruption;

    private ClassifierOptions Options => Way.Options;

    private (string Description, ClassifierOptions Options) Way => kind switch
    {
        ArmKind.FineTuned => ("The encoder and an output layer, both trained on the labeled images, augmented as in the encoder's training.", settings.FineTuning),
        ArmKind.Scratch => ("The same layers from random weights, trained on the labeled images as they are.", settings.Scratch),
        _ => ("The same layers from random weights and the same augmentations, trained on the labeled images.", settings.ScratchAugmented),
    };

    public double ExpectedSeconds(LabelSlice slice) => 0.0006 * Options.BatchSize * StepsFor(slice);

    public FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken)
    {
        using EncoderClassifier classifier = kind == ArmKind.FineTuned
            ? PretrainedClassifier.Load(encoder.RunFolder!, slice.ClassCount, slice.Seed)
            : PretrainedClassifier.CreateUntrained(encoder.Architecture!, slice.ClassCount, slice.Seed);
        ClassifierOptions options = Options with { Steps = StepsFor(slice), Corruption = Corruption, Seed = slice.Seed };
        new ClassifierTrainer(options).Fit(classifier, data.Train, [.. slice.Rows.Select(row => (long)row)], cancellationToken);

        using var file = new TemporaryFile(Path.Combine(workFolder, $"{Path.GetRandomFileName()}.onnx"));
        AutoencoderExport.WriteClassifier(classifier, encoder.Architecture!.Name, file.Path);
        var ml = new MLContext(slice.Seed);
        ITransformer model = ml.Transforms.ApplyOnnxModelBatched("Score", "Pixels", file.Path).Fit(ml.Data.LoadFromRows(data.Train));
        return new FittedModel(model, ModelHash.OfFile(file.Path), new Dictionary<string, double>());
    }

    public IDataView OpenTest(MLContext ml) => ml.Data.LoadFromRows(data.Test);

    private int StepsFor(LabelSlice slice) =>
        Math.Max(Options.Steps!.Value, (int)Math.Ceiling(settings.NetworkMinimumEpochs * slice.Rows.Count / (double)Options.BatchSize));
}

/// <summary>Encoders of autoencoders with a new output layer on them.</summary>
internal static class PretrainedClassifier
{
    /// <summary>Takes the trained encoder of a run.</summary>
    /// <param name="run">The run folder of an autoencoder.</param>
    /// <param name="classCount">Classes to tell apart.</param>
    /// <param name="seed">Decides the output layer's first weights.</param>
    public static EncoderClassifier Load(string run, int classCount, int seed)
    {
        Autoencoder whole = RunWeights.Load(run);
        manual_seed(seed);
        return WithOutput(whole, classCount);
    }

    /// <summary>Takes an encoder with random weights.</summary>
    /// <param name="architecture">The autoencoder whose encoder it is.</param>
    /// <param name="classCount">Classes to tell apart.</param>
    /// <param name="seed">Decides all first weights.</param>
    public static EncoderClassifier CreateUntrained(Architecture architecture, int classCount, int seed) =>
        WithOutput(architecture.Create(seed), classCount);

    private static EncoderClassifier WithOutput(Autoencoder whole, int classCount)
    {
        whole.Decoder.Dispose(); // only the encoder becomes a part of the classifier
        var classifier = new EncoderClassifier(whole.Encoder, whole.InputSize, whole.CodeSize, classCount) { InputShape = whole.InputShape };
        FirstWeights.Glorot(classifier.Output);
        return classifier;
    }
}
