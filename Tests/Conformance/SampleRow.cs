using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>A row with columns of many kinds.</summary>
internal sealed class SampleRow
{
    public const int Size = 4;

    [VectorType(Size)]
    public float[] Values { get; set; } = [];

    [VectorType(3)]
    public double[] Doubles { get; set; } = [];

    public float Weight { get; set; }

    public string Name { get; set; } = "";

    [VectorType(2)]
    public string[] Words { get; set; } = [];

    public int Number { get; set; }

    public bool IsEven { get; set; }

    /// <summary>A class from 1 to 3; 0 is a missing one.</summary>
    [KeyType(3)]
    public uint Label { get; set; }

    public static SampleRow[] Make(int count)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(i => new SampleRow
        {
            Values = [.. Enumerable.Range(0, Size).Select(k => (i + k) % 3 == 0 ? 0 : (float)(random.NextDouble() + ((i % 3 == k) ? 1 : 0)))],
            Doubles = [i, -i * i, i % 4 == 0 ? 0 : random.NextDouble()],
            Weight = (float)random.NextDouble(),
            Name = i == 7 ? "" : $"name {i % 5}", // an empty text is a missing value
            Words = [$"word {i % 4}", i % 2 == 0 ? "even" : "odd"],
            Number = (i * 7) % 11,
            IsEven = i % 2 == 0,
            Label = i == 5 ? 0 : (uint)(i % 3) + 1,
        })];
    }
}
