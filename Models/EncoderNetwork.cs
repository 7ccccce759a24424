using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>A network that turns pictures into codes and does something with them: what is trained, exported and encoded with.</summary>
public abstract class EncoderNetwork : Module<Tensor, Tensor>
{
    /// <summary>Registers the encoder as <c>encoder</c>, the prefix of its weights' names.</summary>
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
        InputShape = [inputSize];
        register_module("encoder", encoder);
    }

    /// <summary>Pixels in [0, 1] to codes: [N, <see cref="InputSize"/>] -> [N, <see cref="CodeSize"/>].</summary>
    public Module<Tensor, Tensor> Encoder { get; }

    /// <summary>Pixels a picture, 784 for the 28x28 sets.</summary>
    public int InputSize { get; }

    /// <summary>
    /// What a row is: [channels, height, width] of a picture, or [n]; [<see cref="InputSize"/>] where nobody set it. It describes the rows
    /// and changes nothing of what the network computes.
    /// </summary>
    /// <exception cref="ArgumentException">The shape has not <see cref="InputSize"/> numbers, or a size below 1.</exception>
    public IReadOnlyList<int> InputShape
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (RowShape.SizeOf(value) != InputSize)
            {
                throw new ArgumentException($"The shape {RowShape.Text(value)} was given to a network whose rows have {InputSize} numbers; the shape's sizes must multiply to that.", nameof(value));
            }

            field = [.. value];
        }
    }

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

/// <summary>An encoder with one output layer on its code: what semi-supervised learning compares, pretrained or from scratch.</summary>
public sealed class EncoderClassifier : EncoderNetwork
{
    /// <summary>Puts a new output layer, its weights from TorchSharp's global generator, on an encoder.</summary>
    /// <param name="encoder">[N, <paramref name="inputSize"/>] -> [N, <paramref name="codeSize"/>]; becomes part of this module.</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="classCount">Classes to tell apart.</param>
    public EncoderClassifier(Module<Tensor, Tensor> encoder, int inputSize, int codeSize, int classCount)
        : base(nameof(EncoderClassifier), encoder, inputSize, codeSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        ClassCount = classCount;
        Output = Linear(codeSize, classCount);
        register_module("output", Output);
    }

    /// <summary>Codes to logits.</summary>
    public Linear Output { get; }

    /// <summary>Classes told apart.</summary>
    public int ClassCount { get; }

    /// <summary>Logits: [N, <see cref="EncoderNetwork.InputSize"/>] -> [N, <see cref="ClassCount"/>].</summary>
    /// <param name="input">Pixels in [0, 1].</param>
    public override Tensor forward(Tensor input) => Output.call(Encoder.call(input));

    /// <inheritdoc/>
    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        Tensor code = Encoder.call(input);
        return new NetworkPass(code, Output.call(code));
    }
}
