using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// A network that squeezes a picture into a code and rebuilds the picture from it. The two halves are modules of their
/// own, so that each can be trained, exported and used without the other.
/// </summary>
public abstract class Autoencoder : Module<Tensor, Tensor>
{
    /// <summary>Registers the two halves as <c>encoder</c> and <c>decoder</c>, the prefixes of their weights' names.</summary>
    /// <param name="name">The module's name, for messages.</param>
    /// <param name="encoder">[N, <paramref name="inputSize"/>] -> [N, <paramref name="codeSize"/>].</param>
    /// <param name="features">
    /// The encoder's layers before its code, [N, <paramref name="inputSize"/>] -> [N, <paramref name="featureSize"/>]: a
    /// module inside <paramref name="encoder"/>, or <paramref name="encoder"/> itself where nothing comes before the code.
    /// </param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="featureSize">Numbers that the layers before the code give.</param>
    protected Autoencoder(
        string name, Module<Tensor, Tensor> encoder, Module<Tensor, Tensor> features, Module<Tensor, Tensor> decoder, int inputSize, int codeSize, int featureSize)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(codeSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureSize);
        Encoder = encoder;
        Features = features;
        FeatureSize = featureSize;
        Decoder = decoder;
        InputSize = inputSize;
        CodeSize = codeSize;
        register_module("encoder", encoder);
        register_module("decoder", decoder);
    }

    /// <summary>Pixels in [0, 1] to codes: [N, <see cref="InputSize"/>] -> [N, <see cref="CodeSize"/>].</summary>
    public Module<Tensor, Tensor> Encoder { get; }

    /// <summary>
    /// Pixels in [0, 1] to the encoder's last layer before the code: [N, <see cref="InputSize"/>] -> [N, <see cref="FeatureSize"/>].
    /// A code is squeezed for rebuilding; classifiers often do better on the wider layer before it.
    /// </summary>
    public Module<Tensor, Tensor> Features { get; }

    /// <summary>Codes to pixels: [N, <see cref="CodeSize"/>] -> [N, <see cref="InputSize"/>].</summary>
    public Module<Tensor, Tensor> Decoder { get; }

    /// <summary>Pixels a picture, 784 for the 28x28 sets.</summary>
    public int InputSize { get; }

    /// <summary>Numbers a code.</summary>
    public int CodeSize { get; }

    /// <summary>Numbers that the layer before the code gives.</summary>
    public int FeatureSize { get; }

    /// <summary>Rebuilds pictures through their codes: [N, <see cref="InputSize"/>] -> [N, <see cref="InputSize"/>].</summary>
    /// <param name="input">Pixels in [0, 1], [N, <see cref="InputSize"/>].</param>
    public override Tensor forward(Tensor input) => Decoder.call(Encoder.call(input));
}
