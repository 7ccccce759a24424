using Microsoft.ML;
using OnnxAE.Models;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Demo;

/// <summary>The control: the layers of the frozen arm from random weights, with an output layer, trained on the labelled images alone.</summary>
/// <param name="session">ML.NET's context and the knobs.</param>
/// <param name="architecture">The network.</param>
/// <param name="classCount">Classes to tell apart.</param>
internal sealed class ScratchArm(DemoSession session, Architecture architecture, int classCount) : IClassifierArm
{
    /// <summary>The classifier's file in the run; the last draw's stays.</summary>
    public const string FileName = "classifier-scratch.onnx";

    /// <inheritdoc/>
    public string Key => "scratch";

    /// <inheritdoc/>
    public string Name => "same network from scratch";

    /// <inheritdoc/>
    public string Description => "The same layers and an output layer, all from random weights, trained on the labels alone.";

    /// <summary>Trains in TorchSharp and exports: the fitted pipeline holds nothing but the ONNX file.</summary>
    public IEstimator<ITransformer> CreatePipeline(LabelDraw draw)
    {
        using Autoencoder untrained = architecture.Create(draw.Seed);
        using var classifier = new EncoderClassifier(untrained.Features, untrained.InputSize, untrained.FeatureSize, classCount);
        ClassifierOptions options = session.Settings.Scratch with { Seed = draw.Seed };
        var (pixels, labels) = LabeledPixels.Read(draw.Labeled, session.CancellationToken);
        new ClassifierTrainer(options).Fit(classifier, pixels, labels, session.CancellationToken);

        string path = session.PathOf(FileName);
        AutoencoderExport.WriteClassifier(classifier, architecture.Id, path);
        return session.ML.Transforms.ApplyOnnxModelBatched("Score", "Pixels", path);
    }
}
