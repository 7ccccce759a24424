using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class FeatureSetTests
{
    private const int Side = 2, Pixels = Side * Side, TrainCount = 40, TestCount = 12;
    private const double SingleRounding = 1e-5;

    private static readonly RowSet Train = Images(TrainCount, seed: 1, highest: 100);

    [TestMethod]
    public void TestRowsAreStandardisedByTheTrainingRowsMeanAndDeviation()
    {
        RowSet test = Images(TestCount, seed: 2, highest: 256);
        float[][] found = TestRows(test);
        for (int p = 0; p < Pixels; p++)
        {
            double[] column = [.. Enumerable.Range(0, TrainCount).Select(i => Train.GetBytes(i)[p] / 255.0)];
            double mean = column.Average(), deviation = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
            for (int i = 0; i < TestCount; i++)
            {
                Assert.AreEqual(((test.GetBytes(i)[p] / 255.0) - mean) / deviation, found[i][p], SingleRounding);
            }
        }
    }

    [TestMethod]
    public void TheFeaturesOfATestRowDoNotChangeWithTheOthers()
    {
        RowSet test = Images(TestCount, seed: 2, highest: 256);
        byte[] pixels = test.AllBytes();
        pixels.AsSpan(^Pixels..).Fill(255);
        float[][] before = TestRows(test), after = TestRows(new RowSet(pixels, [1, Side, Side], test.Labels));

        CollectionAssert.AreNotEqual(before[^1], after[^1]);
        for (int i = 0; i < TestCount - 1; i++)
        {
            CollectionAssert.AreEqual(before[i], after[i]);
        }
    }

    [TestMethod]
    public void RowsAndLabelsGoTogether()
    {
        RowSet test = Images(TestCount, seed: 2, highest: 256);
        FeatureSet features = Open(test);
        var ml = new MLContext(seed: 1);
        CollectionAssert.AreEqual(test.Labels.ToArray().Select(label => (uint)(label + 1)).ToArray(), features.Test(ml).GetColumn<uint>("Label").ToArray());

        uint[] keys = [.. Enumerable.Range(0, TrainCount).Select(row => row % 3 == 0 ? (uint)(Train.Labels.Span[row] + 1) : 0)];
        int[] rows = [.. Enumerable.Range(0, TrainCount).Where(row => keys[row] != 0)];
        var slice = new LabelSlice(0.3, 0, 1, rows, keys, Train.ClassCount);
        IDataView labeled = features.Labeled(ml, slice), all = features.All(ml, slice);
        CollectionAssert.AreEqual(rows.Select(row => keys[row]).ToArray(), labeled.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual(keys, all.GetColumn<uint>("Label").ToArray());
        float[][] whole = [.. all.GetColumn<float[]>("Features")], some = [.. labeled.GetColumn<float[]>("Features")];
        for (int i = 0; i < rows.Length; i++)
        {
            CollectionAssert.AreEqual(whole[rows[i]], some[i]);
        }

        features.Close();
    }

    private static float[][] TestRows(RowSet test)
    {
        FeatureSet features = Open(test);
        float[][] rows = [.. features.Test(new MLContext(seed: 1)).GetColumn<float[]>("Features")];
        features.Close();
        return rows;
    }

    private static FeatureSet Open(RowSet test)
    {
        var features = new FeatureSet(FeatureSource.Pixels(Pixels), new LabeledImages("some", "folder", "/", "0", Train, test), new ArmSettings());
        features.Open(new NoProgress(), CancellationToken.None);
        return features;
    }

    private static RowSet Images(int count, int seed, int highest)
    {
        var random = new Random(seed);
        byte[] pixels = [.. Enumerable.Range(0, count * Pixels).Select(_ => (byte)random.Next(highest))];
        return new RowSet(pixels, [1, Side, Side], Enumerable.Range(0, count).Select(i => i * 7 % 4).ToArray());
    }
}
