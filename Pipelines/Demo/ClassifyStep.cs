using Microsoft.ML;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Pipelines.Progress;

namespace OnnxAE.Pipelines.Demo;

/// <summary>
/// Lets every arm learn from the same few labels, several draws of them, and measures each on all test images. Nothing
/// but the final accuracy is computed from test labels.
/// </summary>
internal sealed class ClassifyStep(DemoSession session)
{
    /// <summary>The frozen encoder's classifier in the run, with the encoder inside; the last draw's stays.</summary>
    public const string ModelFile = "classifier.zip";

    /// <summary>Runs all arms on all draws.</summary>
    /// <param name="data">Training images, of which a slice keeps its labels, and test images.</param>
    /// <param name="arms">The arms.</param>
    /// <param name="encoderPath">The frozen encoder's file, to prove that it stays as it is.</param>
    /// <param name="step">Told after every arm.</param>
    /// <exception cref="InvalidOperationException">The encoder's file changed.</exception>
    public ClassifyResult Run(LabeledImages data, IReadOnlyList<IClassifierArm> arms, string encoderPath, IProgressStep step)
    {
        MLContext ml = session.ML;
        IDataView train = ml.Data.LoadFromImages(data.Train);
        IDataView test = ml.Data.LoadFromImages(data.Test);
        double fraction = LabelFraction(data);
        string hash = ModelHash.OfFile(encoderPath);
        var accuracies = arms.ToDictionary(arm => arm.Key, _ => new List<double>());
        int labels = 0;

        for (int draw = 0; draw < session.Settings.Draws; draw++)
        {
            int seed = session.Seed + draw;
            var (labeled, _) = ml.Data.TakeLabeledSlice(train, fraction, seed);
            labels = KeyColumn.Read(labeled, "Label").Count();
            for (int i = 0; i < arms.Count; i++)
            {
                session.CancellationToken.ThrowIfCancellationRequested();
                double accuracy = Measure(arms[i], new LabelDraw(seed, labeled), test);
                accuracies[arms[i].Key].Add(accuracy);
                double done = ((draw * arms.Count) + i + 1.0) / (session.Settings.Draws * arms.Count);
                step.Report(done, $"draw {draw + 1}/{session.Settings.Draws}, {arms[i].Name} {100 * accuracy:F2} %");
            }
        }

        if (ModelHash.OfFile(encoderPath) != hash)
        {
            throw new InvalidOperationException($"The frozen encoder '{encoderPath}' changed while classifiers were fitted to its codes.");
        }

        var summaries = accuracies.ToDictionary(arm => arm.Key, arm => DrawSummary.Of(arm.Value));
        return new ClassifyResult
        {
            Labels = labels,
            Draws = session.Settings.Draws,
            RawPixels = summaries["rawPixels"].Mean,
            Frozen = summaries["frozen"].Mean,
            Scratch = summaries["scratch"].Mean,
            Arms = summaries,
            EncoderSha256 = hash,
        };
    }

    /// <summary>Fits on the labelled rows, saves, loads, scores all test images.</summary>
    private double Measure(IClassifierArm arm, LabelDraw draw, IDataView test)
    {
        string path = session.PathOf(arm.Key == "frozen" ? ModelFile : $"{arm.Key}.zip");
        ITransformer model = SavedPipeline.Create(session.ML, arm.CreatePipeline(draw), draw.Labeled, path);
        try
        {
            // The class is read off the scores; a column of predictions is asked for, but not looked at.
            return session.ML.MulticlassClassification
                .Evaluate(model.Transform(test), predictedLabelColumnName: "Score")
                .MicroAccuracy;
        }
        finally
        {
            (model as IDisposable)?.Dispose();
            if (arm.Key != "frozen")
            {
                File.Delete(path);
            }
        }
    }

    private double LabelFraction(LabeledImages data)
    {
        double atLeast = (double)session.Settings.MinimumLabelsPerClass * data.Train.ClassCount / data.Train.Count;
        return Math.Clamp(session.Settings.LabelFraction, Math.Min(1, atLeast), 1);
    }
}
