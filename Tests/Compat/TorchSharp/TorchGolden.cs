using System.Text.Json;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Compat.TorchSharp;

/// <summary>What the original TorchSharp computed, recorded once; the tests run on either stack.</summary>
internal static class TorchGolden
{
    /// <summary>Different libtorch versions and processors round sums in different orders.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Random numbers and first weights are the same numbers, up to their last bit.</summary>
    public const double SameNumber = 1e-6;

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Compat", "TorchSharp", "Golden");

    public static string PathOf(string file) => Path.Combine(s_folder, file);

    public static JsonElement Read(string name)
    {
        using var stream = File.OpenRead(PathOf(name + ".json"));
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }

    /// <summary>The names of a file's records: a test of each of them leaves none out.</summary>
    public static IEnumerable<object[]> Names(string name) => Read(name).EnumerateObject().Select(entry => new object[] { entry.Name });

    public static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetSingle())];

    public static float[] Floats(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();

    public static Tensor ToTensor(JsonElement recorded) =>
        tensor(Floats(recorded.GetProperty("data")), Shape(recorded));

    public static void AreClose(JsonElement recorded, Tensor? actual, string what, double tolerance = Tolerance)
    {
        Assert.IsNotNull(actual, what);
        CollectionAssert.AreEqual(Shape(recorded), actual.shape, what);
        AreClose(Floats(recorded.GetProperty("data")), Floats(actual), what, tolerance);
    }

    public static void AreClose(float[] expected, float[] actual, string what, double tolerance = Tolerance)
    {
        Assert.HasCount(expected.Length, actual, what);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}, element {i}");
        }
    }

    private static long[] Shape(JsonElement recorded) => [.. recorded.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())];
}
