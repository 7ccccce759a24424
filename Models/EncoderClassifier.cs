using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>An encoder with one output layer on its code: what semi-supervised learning compares, pretrained or from scratch.</summary>
public sealed class EncoderClassifier : Module<Tensor, Tensor>
{
    /// <summary>Puts a new output layer, its weights from TorchSharp's global generator, on an encoder.</summary>
    /// <param name="encoder">[N, <paramref name="inputSize"/>] -> [N, <paramref name="codeSize"/>]; becomes part of this module.</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="classCount">Classes to tell apart.</param>
    public EncoderClassifier(Module<Tensor, Tensor> encoder, int inputSize, int codeSize, int classCount)
        : base(nameof(EncoderClassifier))
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        Encoder = encoder;
        InputSize = inputSize;
        ClassCount = classCount;
        Output = Linear(codeSize, classCount);
        register_module("encoder", encoder);
        register_module("output", Output);
    }

    /// <summary>Pixels in [0, 1] to codes.</summary>
    public Module<Tensor, Tensor> Encoder { get; }

    /// <summary>Codes to logits.</summary>
    public Linear Output { get; }

    /// <summary>Pixels a picture.</summary>
    public int InputSize { get; }

    /// <summary>Classes told apart.</summary>
    public int ClassCount { get; }

    /// <summary>Logits: [N, <see cref="InputSize"/>] -> [N, <see cref="ClassCount"/>].</summary>
    /// <param name="input">Pixels in [0, 1].</param>
    public override Tensor forward(Tensor input) => Output.call(Encoder.call(input));
}
