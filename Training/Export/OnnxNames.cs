namespace OnnxAE.Training;

/// <summary>The names inside the files that this library writes.</summary>
public static class OnnxNames
{
    /// <summary>Pixels in [0, 1], an input.</summary>
    public const string Pixels = "pixels";

    /// <summary>The code: the encoder's output, the decoder's input.</summary>
    public const string Code = "code";

    /// <summary>The map, the encoder's last layer before the code, an output.</summary>
    public const string Features = "features";

    /// <summary>Rebuilt pixels, an output.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>Class probabilities that sum to 1, an output.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>What the softmax makes probabilities of, an output.</summary>
    public const string Logits = "logits";

    /// <summary>The name of the most probable class, an output.</summary>
    public const string Label = "label";

    /// <summary>Draws from a standard normal distribution, an input of a variational network's sampler.</summary>
    public const string Noise = "eps";

    /// <summary>A code drawn around a mean, an output.</summary>
    public const string Sample = "sample";

    /// <summary>All names of inputs and outputs.</summary>
    public static IReadOnlyList<string> Values { get; } = [Pixels, Code, Features, Reconstruction, Probabilities, Logits, Noise, Sample];

    /// <summary>The batch dimension, free in every file.</summary>
    public const string Batch = "batch";

    /// <summary>File name of the encoder in a run folder.</summary>
    public const string EncoderFile = "encoder.onnx";

    /// <summary>File name of the encoder up to its map in a run folder.</summary>
    public const string FeaturesFile = "features.onnx";

    /// <summary>File name of the decoder in a run folder.</summary>
    public const string DecoderFile = "decoder.onnx";

    /// <summary>File name of the whole autoencoder in a run folder.</summary>
    public const string AutoencoderFile = "autoencoder.onnx";

    /// <summary>File name of a variational network's sampler in a run folder: pixels and <see cref="Noise"/> to a drawn code.</summary>
    public const string SamplerFile = "sampler.onnx";
}
