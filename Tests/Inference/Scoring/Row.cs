using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests;

/// <summary>A row with a vector for a model and columns of several types to pass by.</summary>
internal sealed class Row
{
    public const int Size = 4;

    [VectorType(Size)]
    public float[] Values { get; set; } = [];

    public string Name { get; set; } = "";

    public int Number { get; set; }

    public bool IsEven { get; set; }

    public static Row[] Make(int count) => [.. Enumerable.Range(0, count).Select(i => new Row
    {
        Values = [.. Enumerable.Range(0, Size).Select(k => MathF.Sin(i + k))],
        Name = $"row {i}",
        Number = i,
        IsEven = i % 2 == 0,
    })];

    public static IDataView View(MLContext ml, int count) => ml.Data.LoadFromEnumerable(Make(count));
}
