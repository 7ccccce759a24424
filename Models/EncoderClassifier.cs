using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

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
        register_module("encoder", encoder);
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
