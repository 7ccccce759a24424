using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>A variational autoencoder with dropout, batch statistics and noise from both generators: all that a resumed run could get wrong.</summary>
internal sealed class NoisyNetwork : EncoderNetwork
{
    private readonly Module<Tensor, Tensor> _logVariance;
    private readonly Module<Tensor, Tensor> _decoder;

    public NoisyNetwork(int seed = 1)
        : this(Seeded(seed))
    {
    }

    private NoisyNetwork(Sequential encoder)
        : base(nameof(NoisyNetwork), encoder, TinyData.PixelCount, TinyData.CodeSize)
    {
        _logVariance = Linear(TinyData.PixelCount, TinyData.CodeSize);
        _decoder = Linear(TinyData.CodeSize, TinyData.PixelCount);
        register_module("log_variance", _logVariance);
        register_module("decoder", _decoder);
    }

    public override Tensor forward(Tensor input) => _decoder.call(Encoder.call(input));

    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        Tensor code = Encoder.call(input);
        Tensor logVariance = _logVariance.call(input);
        Tensor drawn = code + (empty(code.shape).normal_(0, 1, noise) * (logVariance * 0.5).exp()) + (randn(code.shape) * 0.01);
        return new NetworkPass(code, _decoder.call(drawn)) { LogVariance = logVariance };
    }

    private static Sequential Seeded(int seed)
    {
        manual_seed(seed);
        return Sequential(
            ("in", Linear(TinyData.PixelCount, 8)), ("norm", BatchNorm1d(8)), ("drop", Dropout(0.2)), ("out", Linear(8, TinyData.CodeSize)));
    }
}
