using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class QuantityTests
{
    [TestMethod]
    public void NumbersReadAlikeWhereverTheyAreShown()
    {
        CollectionAssert.AreEqual(
            new[] { "2,000", "1 row", "2,000 rows", "84.39 %", "84 %", "1.5 s", "2 s", "54,559 rows/s", "0 rows/s", "14.8 MB", "8.0e-7", "0.50", "" },
            new[]
            {
                Quantity.Number(2000), Quantity.Of(1, "row"), Quantity.Of(2000, "row"), Quantity.Percent(0.84394), Quantity.Percent(0.84394, 0),
                Quantity.Seconds(1.46), Quantity.Seconds(1.6, 0), Quantity.Rate(109_118, 2), Quantity.Rate(5, 0), Quantity.Megabytes(14_800_000),
                Quantity.Difference(8e-7), Quantity.Fixed(0.5, 2), Quantity.Fixed(null, 2),
            });
    }
}
