using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// An autoencoder with a projector behind its code, for losses that pull two damaged views of an image together and push different
/// images apart (Chen et al., 2020, arXiv:2002.05709). Such a loss makes its input forget what the damage changed; the projector takes
/// that upon itself and spares the code. It serves training alone: no exported graph has it.
/// </summary>
public sealed class ContrastiveAutoencoder : LayeredAutoencoder
{
    /// <summary>Puts a projector beside the decoder.</summary>
    /// <param name="features">[N, <paramref name="inputSize"/>] -> [N, <paramref name="featureSize"/>].</param>
    /// <param name="code">[N, <paramref name="featureSize"/>] -> [N, <paramref name="codeSize"/>].</param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="projector">[N, <paramref name="codeSize"/>] -> [N, any].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="featureSize">Numbers that the layers before the code give.</param>
    /// <param name="codeSize">Numbers a code.</param>
    public ContrastiveAutoencoder(
        Module<Tensor, Tensor> features,
        Module<Tensor, Tensor> code,
        Module<Tensor, Tensor> decoder,
        Module<Tensor, Tensor> projector,
        int inputSize,
        int featureSize,
        int codeSize)
        : base(features, code, decoder, inputSize, featureSize, codeSize)
    {
        ArgumentNullException.ThrowIfNull(projector);
        Projector = projector;
        register_module("projector", projector);
    }

    /// <summary>Codes to what a contrastive loss compares: [N, code] -> [N, projection].</summary>
    public Module<Tensor, Tensor> Projector { get; }

    /// <inheritdoc/>
    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        NetworkPass pass = base.Pass(input, noise);
        return pass with { Projection = Projector.call(pass.Code) };
    }
}
