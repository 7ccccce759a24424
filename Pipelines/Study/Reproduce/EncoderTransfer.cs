using Microsoft.ML;
using Microsoft.ML.Trainers;
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
/// <param name="seed">The first draw's seed.</param>
/// <param name="pretrained">The run folder of the autoencoder whose encoder it takes.</param>
/// <param name="data">Training images, of which a slice keeps its labels, and test images.</param>
/// <param name="folder">Where the files of the last draw go.</param>
internal sealed class EncoderTransfer(Architecture architecture, TrainingOptions options, int seed, string pretrained, LabeledImages data, RunFolder folder)
{
    // An output layer alone is a convex problem of 310 weights: it bears, and needs, larger steps than a whole network.
    private const double FrozenLearningRate = 1e-2;

    private readonly MLContext _ml = new(seed);

    /// <summary>Trains and measures on several draws of the labels.</summary>
    /// <param name="draws">Draws of the labels.</param>
    /// <param name="step">Told after every draw.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The last draw's unfrozen classifier with its curve, and the mean accuracies.</returns>
    /// <exception cref="InvalidOperationException">The encoder did not stay as it was while it was frozen.</exception>
    public (EncoderClassifier Model, TrainingHistory History, Dictionary<string, double> Metrics) Run(
        int draws, IProgressStep step, CancellationToken cancellationToken)
    {
        var metrics = new Dictionary<string, double>();
        EncoderClassifier? model = null;
        TrainingHistory? history = null;
        double seconds = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            LabelSlice slice = LabelSlices.Draw(data.Train, LabelSlices.UsualShare(data.Train), seed, draw);
            ClassifierOptions settings = new() { Epochs = options.Epochs, BatchSize = options.BatchSize, LearningRate = options.LearningRate, Seed = slice.Seed };
            metrics[SeedTable.Labels] = slice.Rows.Count;

            using var scratch = (EncoderClassifier)architecture.CreateNetwork(slice.Seed);
            Fit(scratch, settings);
            double random = Measure(scratch, SeedTable.ScratchAccuracy, "classifier-scratch.onnx");

            model?.Dispose();
            model = PretrainedClassifier.Load(pretrained, scratch.ClassCount, slice.Seed);
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
                TrainingHistory curve = new ClassifierTrainer(how).Fit(classifier, data.Train, [.. slice.Rows.Select(row => (long)row)], cancellationToken);
                seconds += curve.Seconds;
                return curve;
            }
        }

        return (model!, history! with { Seconds = seconds }, metrics);

        double Measure(EncoderClassifier classifier, string metric, string file)
        {
            double accuracy = Accuracy(classifier, folder.PathOf(file), cancellationToken);
            metrics[metric] = metrics.GetValueOrDefault(metric) + (accuracy / draws);
            return accuracy;
        }
    }

    private double Accuracy(EncoderClassifier classifier, string path, CancellationToken cancellationToken)
    {
        AutoencoderExport.WriteClassifier(classifier, architecture.Name, path);
        IDataView test = _ml.Data.LoadFromRows(data.Test);
        using var model = _ml.Transforms.ApplyOnnxModelBatched("Score", "Pixels", path).Fit(test);
        return Evaluation.Predict(model, test, cancellationToken).Accuracy;
    }
}

/// <summary>How much 1 % of the labels are worth on a frozen encoder's features: ML.NET's maximum-entropy classifier on them.</summary>
internal static class FeatureClassifier
{
    private const float L2Regularization = 10; // features of a dense network are many and alike

    /// <summary>The accuracy on all test images, the mean over draws of the labels.</summary>
    /// <param name="data">Training images, of which a slice keeps its labels, and test images.</param>
    /// <param name="features">The ONNX file of the encoder's map.</param>
    /// <param name="draws">Draws of the labels.</param>
    /// <param name="seed">The first draw's seed.</param>
    /// <param name="cancellationToken">Looked at before every fit.</param>
    public static double Accuracy(LabeledImages data, string features, int draws, int seed, CancellationToken cancellationToken = default)
    {
        var ml = new MLContext(seed);
        IDataView train = ml.Data.LoadFromRows(data.Train);
        IDataView test = ml.Data.LoadFromRows(data.Test);
        double fraction = LabelSlices.UsualShare(data.Train);
        double sum = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (labeled, _) = ml.Data.TakeLabeledSlice(train, fraction, seed + draw);
            var pipeline = ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", features)
                .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
                .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
                {
                    L1Regularization = 0,
                    L2Regularization = L2Regularization,
                    NumberOfThreads = 1, // sums in one order, so the same figure on any number of cores
                }));
            using var model = pipeline.Fit(labeled);
            sum += Evaluation.Predict(model, test, cancellationToken).Accuracy;
        }

        return sum / draws;
    }
}
