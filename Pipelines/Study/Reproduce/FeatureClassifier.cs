using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace OnnxAE.Pipelines;

/// <summary>How much 1 % of the labels are worth on a frozen encoder's features: ML.NET's maximum-entropy classifier on them.</summary>
internal static class FeatureClassifier
{
    private const float L2Regularization = 10; // features of a dense network are many and alike

    /// <summary>The accuracy on all test images, the mean over draws of the labels.</summary>
    /// <param name="data">Training images, of which a slice keeps its labels, and test images.</param>
    /// <param name="features">The ONNX file of the encoder's layers before its code.</param>
    /// <param name="draws">Draws of the labels.</param>
    /// <param name="seed">The first draw's seed.</param>
    public static double Accuracy(LabeledImages data, string features, int draws, int seed)
    {
        var ml = new MLContext(seed);
        IDataView train = ml.Data.LoadFromImages(data.Train);
        IDataView test = ml.Data.LoadFromImages(data.Test);
        double fraction = LabelShare.Of(data.Train);
        double sum = 0;
        for (int draw = 0; draw < draws; draw++)
        {
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
            sum += ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        }

        return sum / draws;
    }
}
