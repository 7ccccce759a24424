using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

/// <summary>The rows that the golden records were computed from, and the records themselves.</summary>
internal static class GoldenData
{
    public static string GetPath(string name) => Path.Combine(AppContext.BaseDirectory, "Compat", "ML", "Golden", name);

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(GetPath(name)));
        return document.RootElement.Clone();
    }

    public static T Read<T>(string name, string property) => Read(name).GetProperty(property).Deserialize<T>()!;

    public static IDataView LoadTrain(MLContext context) => context.Data.LoadFromEnumerable(ReadRows("train.csv"));

    public static IDataView LoadTest(MLContext context) => context.Data.LoadFromEnumerable(ReadRows("test.csv"));

    public static void AssertClose(float[][] expected, IEnumerable<float[]> actual, double tolerance)
    {
        float[][] rows = [.. actual.Take(expected.Length)];
        Assert.HasCount(expected.Length, rows);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.HasCount(expected[row].Length, rows[row]);
            for (int i = 0; i < expected[row].Length; i++)
                Assert.AreEqual(expected[row][i], rows[row][i], tolerance, $"row {row}, slot {i}");
        }
    }

    /// <summary>Demands the exception that the original throws, by type and by words.</summary>
    public static void AssertThrowsAsRecorded(string record, Action action)
    {
        JsonElement expected = Read("errors.json").GetProperty(record);
        Exception actual = Assert.Throws<Exception>(action);
        Assert.AreEqual(expected.GetProperty("type").GetString(), actual.GetType().FullName);
        Assert.AreEqual(expected.GetProperty("message").GetString(), actual.Message);
    }

    private static Row[] ReadRows(string name) => [.. File.ReadLines(GetPath(name)).Select(line =>
    {
        float[] values = Array.ConvertAll(line.Split(','), text => float.Parse(text, CultureInfo.InvariantCulture));
        return new Row { Label = values[0], Name = FormattableString.Invariant($"class-{values[0]}"), Features = values[1..] };
    })];

    internal sealed class Row
    {
        public float Label { get; set; }

        public string Name { get; set; } = "";

        [VectorType(16)]
        public float[] Features { get; set; } = [];
    }
}
