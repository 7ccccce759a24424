using Microsoft.ML;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// Lets every arm learn from the same few labels, several draws of them, and measures each on all test images. Nothing
/// but the final accuracy is computed from test labels.
/// </summary>
internal sealed class ClassifyStep(DemoSession session)
{
    /// <summary>The frozen encoder's classifier in the run, from the first draw, with the encoder inside.</summary>
    public const string ModelFile = "classifier.zip";

    /// <summary>Runs all arms on all draws.</summary>
    /// <param name="data">Training images, of which a slice keeps its labels, and test images.</param>
    /// <param name="trained">The encoder, exported already.</param>
    /// <param name="step">Told after every arm.</param>
    /// <exception cref="InvalidOperationException">The encoder's file changed.</exception>
    public ClassifyResult Run(LabeledImages data, TrainedModel trained, IProgressStep step)
    {
        FeatureLayer layer = DataSetDefaults.For(data.Name).Layer;
        var encoder = new FrozenEncoder(trained.Architecture.Name, session.PathOf(OnnxNames.EncoderFile))
        {
            MapFile = session.PathOf(OnnxNames.FeaturesFile),
            Layer = layer,
            Architecture = trained.Architecture,
            Corruption = trained.Options.Corruption,
            TrainingSeconds = trained.History.Seconds,
        };
        string modelPath = session.PathOf(ModelFile), folder = session.PathOf("classify");
        var study = new ArmStudy(data, session.Settings.ArmSettings, folder)
        {
            // The last of the frozen arms, the best one, stays.
            OnFitted = (arm, slice, model) =>
            {
                if (arm.IsFrozen && slice.Draw == 0)
                {
                    arm.Features!.Train.Save(model.Transformer, data.Train.PixelCount, modelPath);
                }
            },
        };
        DemoSettings settings = session.Settings;
        CellResult cell = study.Run([encoder], settings.Arms, [LabelShare.Of(data.Train)], settings.Draws, session.Seed, step, session.CancellationToken)[0];
        Directory.Delete(folder, recursive: true);
        return ClassifyResult.Of(cell, Measure(modelPath, data), study.EncoderHashes[encoder.FileOf(layer)]);
    }

    private double Measure(string path, LabeledImages data)
    {
        ITransformer model = session.ML.Model.LoadWithBatchedOnnx(path, out _);
        using var disposable = model as IDisposable;
        return session.ML.MulticlassClassification.Evaluate(model.Transform(session.ML.Data.LoadFromImages(data.Test))).MicroAccuracy;
    }
}
