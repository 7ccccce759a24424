using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Pipelines;

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
        var classifier = new EncoderClassifier(whole.Encoder, whole.InputSize, whole.CodeSize, classCount);
        FirstWeights.Glorot(classifier.Output);
        return classifier;
    }
}
