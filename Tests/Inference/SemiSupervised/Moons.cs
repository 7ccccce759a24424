using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests;

/// <summary>
/// Two half-moons, as points on a sphere of many dimensions: random Fourier features, whose cosine falls with the points'
/// distance, so that neighbors are neighbors on a moon, and a plane can part the moons, once it is known where.
/// </summary>
internal sealed class Moons
{
    public const int Dimension = 64;

    private const int FeatureSeed = 1;
    private const double Width = 0.35; // of the features' Gaussian kernel, less than the gap between the moons
    private const double Noise = 0.08;

    [VectorType(Dimension)]
    public float[] Features { get; set; } = [];

    /// <summary>0 or 1; 2 is a missing one.</summary>
    [KeyType(2)]
    public uint Label { get; set; }

    /// <summary>The class as a key: 1 or 2.</summary>
    public uint Truth { get; set; }

    /// <param name="count">Number of points.</param>
    /// <param name="seed">Draws them.</param>
    /// <param name="labeled">How many points keep their label: the first ones, from both moons in turn.</param>
    public static Moons[] Make(int count, int seed, int labeled)
    {
        Random random = new(seed);
        Random featureRandom = new(FeatureSeed);
        (double X, double Y, double Phase)[] waves =
            [.. Enumerable.Range(0, Dimension).Select(_ => (Normal(featureRandom) / Width, Normal(featureRandom) / Width, featureRandom.NextDouble() * 2 * Math.PI))];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int moon = i % 2;
            double angle = Math.PI * random.NextDouble();
            double x = (moon == 0 ? Math.Cos(angle) : 1 - Math.Cos(angle)) + (Noise * Normal(random));
            double y = (moon == 0 ? Math.Sin(angle) : 0.5 - Math.Sin(angle)) + (Noise * Normal(random));
            return new Moons
            {
                Features = [.. waves.Select(w => (float)Math.Cos((w.X * x) + (w.Y * y) + w.Phase))],
                Label = i < labeled ? (uint)moon : 2,
                Truth = (uint)moon + 1,
            };
        })];
    }

    /// <summary>How many of the rows a model gets right, from 0 to 1.</summary>
    public static double Accuracy(ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        uint[] truth = [.. scored.GetColumn<uint>(nameof(Truth))];
        return truth.Zip(scored.GetColumn<uint>("PredictedLabel"), (expected, found) => expected == found ? 1.0 : 0).Average();
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
