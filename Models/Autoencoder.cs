using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// A network that squeezes a picture into a code and rebuilds the picture from it. The two halves are modules of their
/// own, so that each can be trained, exported and used without the other.
/// </summary>
public abstract class Autoencoder : EncoderNetwork
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
        : base(name, encoder, inputSize, codeSize)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureSize);
        Features = features;
        FeatureSize = featureSize;
        Decoder = decoder;
        register_module("encoder", encoder);
        register_module("decoder", decoder);
    }

    /// <summary>
    /// Pixels in [0, 1] to the encoder's last layer before the code: [N, <see cref="EncoderNetwork.InputSize"/>] -> [N, <see cref="FeatureSize"/>].
    /// A code is squeezed for rebuilding; classifiers often do better on the wider layer before it.
    /// </summary>
    public Module<Tensor, Tensor> Features { get; }

    /// <summary>Codes to pixels: [N, <see cref="EncoderNetwork.CodeSize"/>] -> [N, <see cref="EncoderNetwork.InputSize"/>].</summary>
    public Module<Tensor, Tensor> Decoder { get; }

    /// <summary>Numbers that the layer before the code gives.</summary>
    public int FeatureSize { get; }

    /// <summary>Rebuilds pictures through their codes: [N, <see cref="EncoderNetwork.InputSize"/>] -> [N, <see cref="EncoderNetwork.InputSize"/>].</summary>
    /// <param name="input">Pixels in [0, 1], [N, <see cref="EncoderNetwork.InputSize"/>].</param>
    public override Tensor forward(Tensor input) => Decoder.call(Encoder.call(input));

    /// <inheritdoc/>
    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        Tensor code = Encoder.call(input);
        return Decode(code, code);
    }

    /// <summary>Decodes and keeps the values before a closing sigmoid, from which losses get gradients that never vanish.</summary>
    /// <param name="code">What the pass counts as the code, [N, <see cref="EncoderNetwork.CodeSize"/>].</param>
    /// <param name="decoded">What is decoded: the code itself, or a draw around it.</param>
    protected NetworkPass Decode(Tensor code, Tensor decoded)
    {
        if (Decoder is not Sequential { Count: > 1 } layers || layers[layers.Count - 1] is not TorchSharp.Modules.Sigmoid)
        {
            return new NetworkPass(code, Decoder.call(decoded));
        }

        Tensor logits = decoded;
        for (int i = 0; i < layers.Count - 1; i++)
        {
            logits = layers[i].call(logits);
        }

        return new NetworkPass(code, logits.sigmoid()) { Logits = logits };
    }
}
