using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace OnnxAE.Tests.Compat.ML.Transforms;

[TestClass]
public sealed class PrincipalComponentTests
{
    private const float Tolerance = 1e-3f; // of projections of pixels in [0, 1]

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void ProjectionsAreTheOriginalsUpToSign()
    {
        float[][] expected = GoldenData.Read<float[][]>("normalize.json", "pca-rank5-seed1");
        PrincipalComponentAnalyzer estimator = Context.Transforms.ProjectToPrincipalComponents("Out", "Features", rank: 5, seed: 1);
        float[][] actual = [.. estimator.Fit(GoldenData.LoadTrain(Context)).Transform(GoldenData.LoadTest(Context)).GetColumn<float[]>("Out").Take(expected.Length)];

        for (int component = 0; component < 5; component++)
        {
            float sign = MathF.Sign(expected[0][component]) * MathF.Sign(actual[0][component]);
            GoldenData.AssertClose(
                [[.. expected.Select(row => row[component])]], [[.. actual.Select(row => sign * row[component])]], Tolerance);
        }
    }

    [TestMethod]
    public void DistancesAlongTheLargestVarianceAreKept()
    {
        // A line in the direction (3, 4).
        Point[] points = [.. Enumerable.Range(-5, 11).Select(i => new Point { Pair = [0.6f * i, 0.8f * i] })];
        IDataView view = Context.Data.LoadFromEnumerable(points);
        float[][] projected = [.. Context.Transforms.ProjectToPrincipalComponents("Out", "Pair", rank: 1, seed: 7).Fit(view).Transform(view).GetColumn<float[]>("Out")];

        foreach (var (left, right) in projected.Zip(projected.Skip(1)))
            Assert.AreEqual(1, MathF.Abs(right[0] - left[0]), Tolerance);
    }

    [TestMethod]
    public void RowsOfNoWeightDoNotCount()
    {
        // Some variance everywhere: the original divides by that of the last direction.
        IEnumerable<Point> line = Enumerable.Range(-5, 11).Select(i => new Point { Pair = [i, i % 2 == 0 ? 0.1f : -0.1f] });
        Point[] points = [.. line, new() { Pair = [0, 20], Weight = 0 }, new() { Pair = [float.NaN, 0] }];
        IDataView view = Context.Data.LoadFromEnumerable(points);
        float[][] projected = [.. Context.Transforms.ProjectToPrincipalComponents("Out", "Pair", "Weight", rank: 1, seed: 7).Fit(view).Transform(view).GetColumn<float[]>("Out")];

        Assert.AreEqual(0, projected[^2][0], Tolerance);
    }

    [TestMethod]
    public void ASavedProjectionGivesTheSameValues()
    {
        IDataView train = GoldenData.LoadTrain(Context);
        var model = Context.Transforms.ProjectToPrincipalComponents("Features", rank: 3, seed: 1).Fit(train);
        using var stream = new MemoryStream();
        Context.Model.Save(model, train.Schema, stream);
        ITransformer loaded = Context.Model.Load(stream, out _);

        GoldenData.AssertClose([.. model.Transform(train).GetColumn<float[]>("Features")], loaded.Transform(train).GetColumn<float[]>("Features"), tolerance: 0);
    }

    [TestMethod]
    public void MisuseGetsTheOriginalsWords() => GoldenData.AssertThrowsAsRecorded(
        "pca: rank over width", () => Context.Transforms.ProjectToPrincipalComponents("Out", "Features", rank: 99).Fit(GoldenData.LoadTrain(Context)));

    private sealed class Point
    {
        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        public float Weight { get; set; } = 1;
    }
}
