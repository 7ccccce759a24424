using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Training;

[TestClass]
public sealed class EdgeInputsTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(null, EdgeInputs.LargeRows)]
    public void EveryLargeRowIsAnotherSoThatRoundingShows(int? batch, int rows)
    {
        using var scope = NewDisposeScope();
        Tensor large = EdgeInputs.Of([zeros(1, 2)], batch).Single(edge => edge.Name == "large").Inputs[0];
        float[] values = large.data<float>().ToArray();

        CollectionAssert.AreEqual(new long[] { rows, 2 }, large.shape);
        Assert.IsInRange(1000f, 2000f, values.Min());
        Assert.IsInRange(1000f, 2000f, values.Max());
        Assert.AreEqual(rows, values.Distinct().Count());
    }
}
