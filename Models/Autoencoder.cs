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
    /// <param name="map">
    /// The encoder's layers before its code, [N, <paramref name="inputSize"/>] -> [N, <paramref name="mapSize"/>]: a
    /// module inside <paramref name="encoder"/>, or <paramref name="encoder"/> itself where nothing comes before the code.
    /// </param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="mapSize">Numbers a map.</param>
    protected Autoencoder(
        string name, Module<Tensor, Tensor> encoder, Module<Tensor, Tensor> map, Module<Tensor, Tensor> decoder, int inputSize, int codeSize, int mapSize)
        : base(name, encoder, inputSize, codeSize)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mapSize);
        Map = map;
        MapSize = mapSize;
        Decoder = decoder;
        register_module("decoder", decoder);
    }

    /// <summary>
    /// Pixels in [0, 1] to the map, the encoder's last layer before the code: [N, <see cref="EncoderNetwork.InputSize"/>] ->
    /// [N, <see cref="MapSize"/>]. A code is squeezed for rebuilding; classifiers often do better on the wider map.
    /// </summary>
    public Module<Tensor, Tensor> Map { get; }

    /// <summary>Codes to pixels: [N, <see cref="EncoderNetwork.CodeSize"/>] -> [N, <see cref="EncoderNetwork.InputSize"/>].</summary>
    public Module<Tensor, Tensor> Decoder { get; }

    /// <summary>Numbers a map.</summary>
    public int MapSize { get; }

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

/// <summary>
/// An autoencoder of any modules: the layers before the code, the code, and the way back. It may have a projector behind its code,
/// for losses that pull two damaged views of an image together and push different images apart (Chen et al., 2020,
/// arXiv:2002.05709). Such a loss makes its input forget what the damage changed; the projector takes that upon itself and spares
/// the code. It serves training alone: no exported graph has it.
/// </summary>
public class LayeredAutoencoder : Autoencoder
{
    /// <summary>Puts the modules together.</summary>
    /// <param name="map">[N, <paramref name="inputSize"/>] -> [N, <paramref name="mapSize"/>].</param>
    /// <param name="code">[N, <paramref name="mapSize"/>] -> [N, <paramref name="codeSize"/>].</param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="mapSize">Numbers a map.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="projector">Codes to what a contrastive loss compares, [N, <paramref name="codeSize"/>] -> [N, any]; null for none.</param>
    public LayeredAutoencoder(
        Module<Tensor, Tensor> map,
        Module<Tensor, Tensor> code,
        Module<Tensor, Tensor> decoder,
        int inputSize,
        int mapSize,
        int codeSize,
        Module<Tensor, Tensor>? projector = null)
        : base(nameof(LayeredAutoencoder), Sequential(("features", map), ("code", code)), map, decoder, inputSize, codeSize, mapSize)
    {
        Projector = projector;
        if (projector is not null)
        {
            register_module("projector", projector);
        }
    }

    /// <summary>Joins any encoder and decoder; the code is the map.</summary>
    /// <param name="encoder">[N, <paramref name="inputSize"/>] -> [N, <paramref name="codeSize"/>].</param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">Numbers a row.</param>
    /// <param name="codeSize">Numbers a code.</param>
    public LayeredAutoencoder(Module<Tensor, Tensor> encoder, Module<Tensor, Tensor> decoder, int inputSize, int codeSize)
        : base(nameof(LayeredAutoencoder), encoder, encoder, decoder, inputSize, codeSize, codeSize)
    {
    }

    /// <summary>Codes to what a contrastive loss compares: [N, code] -> [N, projection]; null where nothing is to be compared.</summary>
    public Module<Tensor, Tensor>? Projector { get; }

    /// <inheritdoc/>
    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        NetworkPass pass = base.Pass(input, noise);
        return Projector is null ? pass : pass with { Projection = Projector.call(pass.Code) };
    }
}
