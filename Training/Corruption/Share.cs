using System.Globalization;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Corruptions that happen to a share of the images.</summary>
internal static class Share
{
    /// <summary>A probability that is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public static double Require(double probability, string name) => probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(
            name, probability, string.Create(CultureInfo.InvariantCulture, $"The share of images that '{name}' names must lie between 0 and 1."));

    /// <summary>A number an image and draw, uniform in [0, 1).</summary>
    public static float[] Draw(long images, int draws, Generator generator)
    {
        using Tensor drawn = empty((int)images, draws).uniform_(0, 1, generator);
        return drawn.data<float>().ToArray();
    }

    /// <summary>Rows for single numbers an image: [N, 1, ...], as many dimensions as the images have.</summary>
    public static long[] Column(Tensor images) => [images.shape[0], .. Enumerable.Repeat(1L, (int)images.ndim - 1)];
}
