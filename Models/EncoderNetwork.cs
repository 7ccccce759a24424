using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>A network that turns pictures into codes and does something with them: what is trained, exported and encoded with.</summary>
public abstract class EncoderNetwork : Module<Tensor, Tensor>
{
    /// <summary>Keeps the encoder and its sizes; the derived class registers it as <c>encoder</c>.</summary>
    /// <param name="name">The module's name, for messages.</param>
    /// <param name="encoder">[N, <paramref name="inputSize"/>] -> [N, <paramref name="codeSize"/>].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="codeSize">Numbers a code.</param>
    protected EncoderNetwork(string name, Module<Tensor, Tensor> encoder, int inputSize, int codeSize)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(codeSize);
        Encoder = encoder;
        InputSize = inputSize;
        CodeSize = codeSize;
    }

    /// <summary>Pixels in [0, 1] to codes: [N, <see cref="InputSize"/>] -> [N, <see cref="CodeSize"/>].</summary>
    public Module<Tensor, Tensor> Encoder { get; }

    /// <summary>Pixels a picture, 784 for the 28x28 sets.</summary>
    public int InputSize { get; }

    /// <summary>Numbers a code.</summary>
    public int CodeSize { get; }

    /// <summary>Runs the whole network for training, and keeps what losses look at on the way.</summary>
    /// <param name="input">Pixels in [0, 1], [N, <see cref="InputSize"/>].</param>
    /// <param name="noise">Where a variational network's draws come from; others don't touch it.</param>
    public abstract NetworkPass Pass(Tensor input, Generator noise);
}

/// <summary>What a network computed for a batch. The tensors belong to the dispose scope that was open.</summary>
/// <param name="Code">[N, code]: the encoder's output; a variational network's means.</param>
/// <param name="Output">[N, pixels] rebuilt, or [N, classes] logits of a classifier.</param>
public readonly record struct NetworkPass(Tensor Code, Tensor Output)
{
    /// <summary>[N, pixels] before the sigmoid that ends the decoder; null where none ends it.</summary>
    public Tensor? Logits { get; init; }

    /// <summary>[N, code]: logarithms of the codes' variances; null unless the network is variational.</summary>
    public Tensor? LogVariance { get; init; }

    /// <summary>[N, projection]: what a contrastive loss compares; null where the network has no projector.</summary>
    public Tensor? Projection { get; init; }
}
