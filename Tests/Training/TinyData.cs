using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

/// <summary>Pictures of 4x4 pixels and a network for them, small enough to train in milliseconds.</summary>
internal static class TinyData
{
    public const int PixelCount = 16;
    public const int CodeSize = 3;

    /// <summary>A bright row on dim noise; which row is the label, 0 to 3.</summary>
    public static RowSet Bars(int count, int seed = 1)
    {
        var random = new Random(seed);
        var pixels = new byte[count * PixelCount];
        var labels = new int[count];
        random.NextBytes(pixels);
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 4;
            for (int p = 0; p < PixelCount; p++)
            {
                pixels[(i * PixelCount) + p] = (byte)((pixels[(i * PixelCount) + p] / 8) + (p / 4 == labels[i] ? 200 : 0));
            }
        }

        return new RowSet(pixels, [1, 4, 4], labels);
    }

    public static DenseAutoencoder Autoencoder(int seed = 1)
    {
        manual_seed(seed);
        return new DenseAutoencoder([PixelCount, 12, CodeSize], Activation.ReLU, Activation.Linear, Activation.Linear);
    }
}
