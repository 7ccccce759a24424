using OnnxAE.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>A network of random modules, drawn from a seed: each fits behind the one before.</summary>
internal sealed class RandomStack
{
    private readonly Random _random;
    private readonly List<string> _names = [];
    private long[] _shape;

    public RandomStack(int seed)
    {
        _random = new Random(seed);
        _shape = _random.Next(3) switch
        {
            0 => [_random.Next(1, 9)],
            1 => [_random.Next(1, 5), _random.Next(4, 12)],
            _ => [_random.Next(1, 5), _random.Next(4, 10), _random.Next(4, 10)],
        };
        InputShape = _shape;
        Module = Exported.Shaken(Chain(_random.Next(1, 7), depth: 0), seed);
    }

    public Module<Tensor, Tensor> Module { get; }

    public long[] InputShape { get; }

    /// <summary>What it is made of, for messages.</summary>
    public override string ToString() => $"[{string.Join(", ", InputShape)}] {string.Join(" > ", _names)}";

    private Module<Tensor, Tensor> Chain(int length, int depth) =>
        Sequential([.. Enumerable.Range(0, length).Select(_ => Named(Next(depth)))]);

    private Module<Tensor, Tensor> Named(Module<Tensor, Tensor> module)
    {
        _names.Add(module.GetName());
        return module;
    }

    private Module<Tensor, Tensor> Next(int depth) => _random.Next(depth < 2 ? 8 : 6) switch
    {
        0 or 1 => Activation(),
        2 => Normalization(),
        3 or 4 => Layer(),
        5 => Reshaping(),
        6 => Combination(depth),
        _ => Chain(_random.Next(1, 4), depth + 1),
    };

    private Module<Tensor, Tensor> Activation() => _random.Next(17) switch
    {
        0 => CELU(0.5 + _random.NextDouble()),
        1 => ELU(0.5 + _random.NextDouble()),
        2 => GELU(_random.Next(2) == 0 ? TorchSharp.Modules.GELU.Approximate.none : TorchSharp.Modules.GELU.Approximate.tanh),
        3 => Hardsigmoid(),
        4 => Hardswish(),
        5 => ReLU6(),
        6 => LeakyReLU(_random.NextDouble()),
        7 => LogSigmoid(),
        8 => Mish(),
        9 => PReLU(_random.Next(2) == 0 ? 1 : _shape[0]),
        10 => ReLU(),
        11 => SELU(),
        12 => SiLU(),
        13 => Softmax(_random.Next(1, _shape.Length + 1)),
        14 => Softplus(0.5 + _random.NextDouble(), _random.Next(1, 25)),
        15 => Tanh(),
        _ => Sigmoid(),
    };

    // An epsilon that keeps what has hardly any variance from blowing rounding up.
    private const double Epsilon = 0.05;

    private Module<Tensor, Tensor> Normalization() => (_random.Next(4), _shape.Length) switch
    {
        (3, 2) when _shape[1] > 1 => InstanceNorm1d(_shape[0], Epsilon),
        (3, 3) => InstanceNorm2d(_shape[0], Epsilon, affine: true),
        (0, _) => LayerNorm(_random.Next(2) == 0 ? [_shape[^1]] : _shape, Epsilon, elementwise_affine: _random.Next(2) == 0),
        (1, > 1) => GroupNorm(_shape[0] % 2 == 0 ? 2 : 1, _shape[0], Epsilon),
        (_, 3) => BatchNorm2d(_shape[0], affine: _random.Next(2) == 0),
        _ => BatchNorm1d(_shape[0]),
    };

    private Module<Tensor, Tensor> Layer() => _shape.Length switch
    {
        1 => Dense(),
        2 => _random.Next(3) switch { 0 => Dense(), 1 => Convolution1d(), _ => Pooling1d() },
        _ => _random.Next(5) switch { 0 => Dense(), 1 => Convolution2d(), 2 => Transposed2d(), 3 => Pooling2d(), _ => Enlarged() },
    };

    private Module<Tensor, Tensor> Dense()
    {
        long inputs = _shape[^1];
        _shape = [.. _shape.SkipLast(1), _random.Next(1, 9)];
        return Linear(inputs, _shape[^1], _random.Next(2) == 0);
    }

    private Module<Tensor, Tensor> Convolution1d()
    {
        long channels = _shape[0], kernel = _random.Next(1, (int)Math.Min(_shape[1], 4) + 1), padding = _random.Next(2), stride = _random.Next(1, 3);
        bool isSame = _random.Next(4) == 0;
        _shape = [_random.Next(1, 5), isSame ? _shape[1] : Windows(_shape[1], kernel, padding, stride)];
        return isSame ? Conv1d(channels, _shape[0], kernel, Padding.Same) : Conv1d(channels, _shape[0], kernel, stride: stride, padding: padding);
    }

    private Module<Tensor, Tensor> Convolution2d()
    {
        long channels = _shape[0], kernel = _random.Next(1, (int)Math.Min(Math.Min(_shape[1], _shape[2]), 3) + 1), padding = _random.Next(2), stride = _random.Next(1, 3);
        long groups = channels % 2 == 0 && _random.Next(2) == 0 ? 2 : 1;
        PaddingModes mode = padding < Math.Min(_shape[1], _shape[2]) ? (PaddingModes)_random.Next(4) : PaddingModes.Zeros;
        _shape = [_random.Next(1, 4) * groups, Windows(_shape[1], kernel, padding, stride), Windows(_shape[2], kernel, padding, stride)];
        return Conv2d(channels, _shape[0], kernel, stride: stride, padding: padding, padding_mode: mode, groups: groups, bias: _random.Next(2) == 0);
    }

    private Module<Tensor, Tensor> Transposed2d()
    {
        long channels = _shape[0], kernel = _random.Next(2, 4), stride = _random.Next(1, 3), extra = stride - 1;
        if (_shape[1] * _shape[2] > 200)
        {
            return Pooling2d();
        }

        _shape = [_random.Next(1, 5), ((_shape[1] - 1) * stride) + kernel + extra, ((_shape[2] - 1) * stride) + kernel + extra];
        return ConvTranspose2d(channels, _shape[0], kernel, stride: stride, output_padding: extra);
    }

    private Module<Tensor, Tensor> Pooling1d()
    {
        long size = _shape[1];
        if (size < 2)
        {
            return Identity();
        }

        bool isAdaptive = _random.Next(3) == 0;
        _shape = [_shape[0], isAdaptive ? _random.Next(1, (int)size + 1) : Windows(size, 2, 0, 2)];
        return isAdaptive ? AdaptiveAvgPool1d(_shape[1]) : _random.Next(2) == 0 ? MaxPool1d(2) : AvgPool1d(2);
    }

    private Module<Tensor, Tensor> Pooling2d()
    {
        if (_shape[1] < 3 || _shape[2] < 3)
        {
            return Dropout2d();
        }

        if (_random.Next(3) == 0)
        {
            _shape = [_shape[0], _random.Next(1, (int)_shape[1] + 1), _random.Next(1, (int)_shape[2] + 1)];
            return _random.Next(2) == 0 ? AdaptiveAvgPool2d([_shape[1], _shape[2]]) : AdaptiveMaxPool2d([_shape[1], _shape[2]]);
        }

        bool isPartial = _random.Next(2) == 0;
        _shape = [_shape[0], Windows(_shape[1], 3, 1, 2, isPartial), Windows(_shape[2], 3, 1, 2, isPartial)];
        return _random.Next(2) == 0
            ? MaxPool2d(3, stride: 2, padding: 1, ceil_mode: isPartial)
            : AvgPool2d((3, 3), (2, 2), (1, 1), isPartial, count_include_pad: _random.Next(2) == 0);
    }

    private Module<Tensor, Tensor> Enlarged()
    {
        if (_shape[1] * _shape[2] > 200)
        {
            return Pooling2d();
        }

        _shape = [_shape[0], _shape[1] + _random.Next(0, 6), _shape[2] * 2];
        return _random.Next(2) == 0
            ? Upsample(size: [_shape[1], _shape[2]])
            : Upsample(size: [_shape[1], _shape[2]], mode: UpsampleMode.Bilinear, align_corners: _random.Next(2) == 0);
    }

    private Module<Tensor, Tensor> Reshaping()
    {
        long size = _shape.Aggregate(1L, (a, b) => a * b);
        switch (_random.Next(3))
        {
            case 0:
                _shape = [size];
                return Flatten();
            case 1 when _shape[0] % 2 == 0 && _shape.Length < 3:
                _shape = [2, _shape[0] / 2, .. _shape.Skip(1)];
                return Unflatten(1, [2, -1]);
            default:
                return _random.Next(2) == 0 ? Identity() : Dropout(0.3);
        }
    }

    private Module<Tensor, Tensor> Combination(int depth)
    {
        long[] before = _shape;
        Module<Tensor, Tensor> body = Named(Activation());
        switch (_random.Next(3))
        {
            case 0:
                return new Residual(body);
            case 1:
                return new Sum(body, Named(Normalization()), Identity());
            default:
                Module<Tensor, Tensor> other = depth < 2 && _shape.Length == 1 ? Named(Dense()) : Identity();
                _shape = [before[0] + _shape[0], .. before.Skip(1)];
                return new Concat(1, body, other);
        }
    }

    // The size behind windows, as libtorch counts them.
    private static long Windows(long size, long kernel, long padding, long stride, bool isPartial = false)
    {
        long free = size + (2 * padding) - kernel;
        if (!isPartial)
        {
            return (free / stride) + 1;
        }

        long count = ((free + stride - 1) / stride) + 1;
        return (count - 1) * stride >= size + padding ? count - 1 : count;
    }
}
