using Microsoft.ML;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// What a trained encoder is worth where labels are few: one output layer on it, trained while the encoder is frozen, then
/// together with it; beside them the same layers from random weights, on the same labels. Every figure is that of the exported
/// file on all test images, scored by ML.NET.
/// </summary>
/// <param name="architecture">The classifier.</param>
/// <param name="options">How it is trained.</param>
/// <param name="pretrained">The run folder of the autoencoder whose encoder it takes.</param>
/// <param name="data">Training images, of which a slice keeps its labels, and test images.</param>
/// <param name="folder">Where the files of the last draw go.</param>
internal sealed class EncoderTransfer(Architecture architecture, TrainingOptions options, string pretrained, LabeledImages data, RunFolder folder)
{
    // An output layer alone is a convex problem of 310 weights: it bears, and needs, larger steps than a whole network.
    private const double FrozenLearningRate = 1e-2;

    private readonly MLContext ml = new(checked((int)options.Seed));

    /// <summary>Trains and measures on several draws of the labels.</summary>
    /// <param name="draws">Draws of the labels.</param>
    /// <param name="step">Told after every draw.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The last draw's unfrozen classifier with its curve, and the mean accuracies.</returns>
    /// <exception cref="InvalidOperationException">The encoder did not stay as it was while it was frozen.</exception>
    public (EncoderClassifier Model, TrainingHistory History, Dictionary<string, double> Metrics) Run(
        int draws, IProgressStep step, CancellationToken cancellationToken)
    {
        IDataView train = ml.Data.LoadFromImages(data.Train);
        var metrics = new Dictionary<string, double>();
        EncoderClassifier? model = null;
        TrainingHistory? history = null;
        double seconds = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            ClassifierOptions settings = SettingsOf(draw);
            var (labeled, _) = ml.Data.TakeLabeledSlice(train, LabelShare.Of(data.Train), (int)settings.Seed);
            var (pixels, labels) = LabeledPixels.Read(labeled, cancellationToken);
            metrics[SeedTable.Labels] = labels.Length;

            using var scratch = (EncoderClassifier)architecture.CreateNetwork(settings.Seed);
            Fit(scratch, settings);
            double random = Measure(scratch, SeedTable.ScratchAccuracy, "classifier-scratch.onnx");

            model?.Dispose();
            model = PretrainedClassifier.Load(pretrained, scratch.ClassCount, settings.Seed);
            string encoder = ModuleWeights.Hash(model.Encoder);
            Fit(model, settings with { FreezeEncoder = true, LearningRate = FrozenLearningRate });
            double frozen = Measure(model, SeedTable.FrozenAccuracy, "classifier-frozen.onnx");
            if (ModuleWeights.Hash(model.Encoder) != encoder)
            {
                throw new InvalidOperationException("The frozen encoder changed while its output layer was trained.");
            }

            history = Fit(model, settings);
            double unfrozen = Measure(model, SeedTable.UnfrozenAccuracy, RunGraphs.ClassifierFile);
            step.Report(
                (draw + 1.0) / draws,
                FormattableString.Invariant($"draw {draw + 1}/{draws}: frozen {100 * frozen:F2} %, unfrozen {100 * unfrozen:F2} %, random weights {100 * random:F2} %"));

            TrainingHistory Fit(EncoderClassifier classifier, ClassifierOptions how)
            {
                TrainingHistory curve = new ClassifierTrainer(how).Fit(classifier, pixels, labels, cancellationToken);
                seconds += curve.Seconds;
                return curve;
            }
        }

        return (model!, history! with { Seconds = seconds }, metrics);

        double Measure(EncoderClassifier classifier, string metric, string file)
        {
            double accuracy = Accuracy(classifier, folder.PathOf(file));
            metrics[metric] = metrics.GetValueOrDefault(metric) + (accuracy / draws);
            return accuracy;
        }
    }

    private ClassifierOptions SettingsOf(int draw) => new()
    {
        Epochs = options.Epochs,
        BatchSize = options.BatchSize,
        LearningRate = options.LearningRate,
        Seed = options.Seed + draw,
    };

    // The class is read off the scores; a column of predictions is asked for, but not looked at.
    private double Accuracy(EncoderClassifier classifier, string path)
    {
        AutoencoderExport.WriteClassifier(classifier, architecture.Name, path);
        IDataView test = ml.Data.LoadFromImages(data.Test);
        using var model = ml.Transforms.ApplyOnnxModelBatched("Score", "Pixels", path).Fit(test);
        return ml.MulticlassClassification.Evaluate(model.Transform(test), predictedLabelColumnName: "Score").MicroAccuracy;
    }
}
