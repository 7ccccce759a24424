using Microsoft.ML.Data;

namespace OnnxAE.Tests;

/// <summary>A point of the plane and the ring that it lies on.</summary>
internal sealed class Blob
{
    public const int Size = 2;

    private static readonly (string Name, double Radius)[] All = [("inner", 0.3), ("outer", 2), ("between", 1.1)];

    [VectorType(Size)]
    public float[] Features { get; set; } = [];

    /// <summary>0 to 2, which are the keys 1 to 3; 3 is a missing one.</summary>
    [KeyType(3)]
    public uint Label { get; set; }

    public string Name { get; set; } = "";

    public float Weight { get; set; } = 1;

    public static Blob[] Rings(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double angle = 2 * Math.PI * random.NextDouble(), radius = All[i % 3].Radius + (0.2 * random.NextDouble());
            return new Blob { Features = [(float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle))], Label = (uint)(i % 3), Name = All[i % 3].Name };
        })];
    }
}
