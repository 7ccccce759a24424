using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EdgeInputsTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(100)] // does not divide the rows
    [DataRow(EdgeInputs.Rows)]
    public void EveryLargeRowIsAnotherSoThatRoundingShows(int rows)
    {
        using var scope = NewDisposeScope();
        List<float> values = [];
        foreach (Tensor[] batch in EdgeInputs.Of([zeros(1, 1)], rows).Single(edge => edge.Name == "large").Batches)
        {
            CollectionAssert.AreEqual(new long[] { rows, 1 }, batch[0].shape);
            values.AddRange(batch[0].data<float>().ToArray());
        }

        Assert.IsInRange(EdgeInputs.LargeRows, EdgeInputs.LargeRows + rows - 1, values.Count);
        Assert.AreEqual(values.Count, values.Distinct().Count());
        Assert.IsInRange(1000f, 2000f, values.Min());
        Assert.IsInRange(1000f, 2000f, values.Max());
    }
}
