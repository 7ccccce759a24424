using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// The convolutions of a family, by the size of its pictures: each halves the picture, rounded up, until its shorter side has 4 pixels
/// or fewer; channels double from 32 to 256. 28x28 gives 14x14, 7x7 and 4x4, as in conv-denoise. The way back doubles by transposed
/// convolutions, to exactly the sizes of the way there.
/// </summary>
internal sealed class ConvStages
{
    /// <summary>Pixels of the shorter side, below which nothing is left to halve.</summary>
    public const int SmallestSide = 8;

    private const int SmallestMap = 4;
    private const int FirstChannels = 32;
    private const int MostChannels = 256;
    private const int FirstKernel = 5;
    private const int Kernel = 3;

    private readonly List<(int Channels, int Height, int Width)> _sizes; // the picture, then behind each stage

    /// <summary>Plans the stages.</summary>
    /// <param name="shape">[channels, height, width], the sides at least <see cref="SmallestSide"/>.</param>
    public ConvStages(IReadOnlyList<int> shape)
    {
        _sizes = [(shape[0], shape[1], shape[2])];
        for (int channels = FirstChannels; Math.Min(_sizes[^1].Height, _sizes[^1].Width) > SmallestMap; channels = Math.Min(2 * channels, MostChannels))
        {
            _sizes.Add((channels, (_sizes[^1].Height + 1) / 2, (_sizes[^1].Width + 1) / 2));
        }
    }

    /// <summary>Pixels of all channels.</summary>
    public int InputSize => Size(0);

    /// <summary>Numbers that the last stage gives.</summary>
    public int MapSize => Size(_sizes.Count - 1);

    /// <summary>Such as <c>conv32(5)/2-conv64/2-conv128/2</c>.</summary>
    public string EncoderLayers => string.Join('-', _sizes.Skip(1).Select((size, i) => $"conv{size.Channels}{(i == 0 ? $"({FirstKernel})" : "")}/2"));

    /// <summary>Such as <c>2048-convT64/2-convT32/2-convT1/2</c>; a kernel is 4 along a side that doubles, and 3 where the result is odd.</summary>
    public string DecoderLayers => $"{MapSize}-{string.Join('-', _sizes.SkipLast(1).Reverse().Select(size => $"convT{size.Channels}/2"))}";

    /// <summary>[N, pixels] -> [N, map].</summary>
    public Sequential Encoder()
    {
        List<(string, Module<Tensor, Tensor>)> layers = [("picture", Unflatten(1, [_sizes[0].Channels, _sizes[0].Height, _sizes[0].Width]))];
        for (int i = 1; i < _sizes.Count; i++)
        {
            int kernel = i == 1 ? FirstKernel : Kernel;
            layers.Add(($"conv{i}", Conv2d(_sizes[i - 1].Channels, _sizes[i].Channels, kernel, stride: 2, padding: (long)(kernel / 2))));
            layers.Add(($"normalization{i}", BatchNorm2d(_sizes[i].Channels)));
            layers.Add(($"activation{i}", ReLU()));
        }

        layers.Add(("flatten", Flatten()));
        return Sequential(layers);
    }

    /// <summary>[N, <paramref name="codeSize"/>] -> [N, pixels] in [0, 1].</summary>
    public Sequential Decoder(int codeSize)
    {
        (int channels, int height, int width) = _sizes[^1];
        List<(string, Module<Tensor, Tensor>)> layers =
        [
            ("dense", Linear(codeSize, MapSize)),
            ("maps", Unflatten(1, [channels, height, width])),
            ("normalization0", BatchNorm2d(channels)),
            ("activation0", ReLU()),
        ];
        for (int i = _sizes.Count - 1; i > 0; i--)
        {
            int number = _sizes.Count - i;
            (int fromChannels, int fromHeight, int fromWidth) = _sizes[i];
            (int toChannels, int toHeight, int toWidth) = _sizes[i - 1];
            // (from - 1) * 2 - 2 + kernel pixels: a kernel of 4 doubles, one of 3 gives one pixel less.
            var kernel = (toHeight + 4 - (2 * fromHeight), toWidth + 4 - (2 * fromWidth));
            layers.Add(($"conv{number}", ConvTranspose2d(fromChannels, toChannels, kernel, stride: (2, 2), padding: (1, 1))));
            if (i > 1)
            {
                layers.Add(($"normalization{number}", BatchNorm2d(toChannels)));
                layers.Add(($"activation{number}", ReLU()));
            }
        }

        layers.Add(("flatten", Flatten()));
        layers.Add(("output", Sigmoid()));
        return Sequential(layers);
    }

    private int Size(int stage) => checked(_sizes[stage].Channels * _sizes[stage].Height * _sizes[stage].Width);
}
