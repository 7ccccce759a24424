using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class GetColumnTests
{
    private static readonly IDataView View = new MLContext().Data.LoadFromEnumerable(new[]
    {
        new Row { Label = 1, Name = "one", Features = [1, 2], Words = ["a"] },
        new Row { Label = 2, Name = "two", Features = [3, 4], Words = ["b"] },
    });

    [TestMethod]
    public void ValuesComeAsTheColumnHasThem()
    {
        CollectionAssert.AreEqual(new[] { 1f, 2f }, View.GetColumn<float>("Label").ToArray());
        CollectionAssert.AreEqual(new[] { 2, 2 }, View.GetColumn<VBuffer<float>>("Features").Select(v => v.Length).ToArray());
    }

    [TestMethod]
    public void TextAndVectorsComeAsStringsAndArraysOfTheirOwn()
    {
        CollectionAssert.AreEqual(new[] { "one", "two" }, View.GetColumn<string>("Name").ToArray());
        float[][] features = [.. View.GetColumn<float[]>(View.Schema["Features"])];
        CollectionAssert.AreEqual(new[] { 1f, 2f }, features[0]);
        CollectionAssert.AreEqual(new[] { 3f, 4f }, features[1]);
        CollectionAssert.AreEqual(new[] { "b" }, View.GetColumn<string[]>("Words").Last());
    }

    [TestMethod]
    public void AnotherTypeIsRefusedInMlNetsWords()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => View.GetColumn<double>("Label"));
        Assert.AreEqual(GoldenFile.Json("errors.json").GetProperty("getColumn: wrong type").GetProperty("message").GetString(), error.Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => View.GetColumn<float[]>("Label"));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => View.GetColumn<float>("Nowhere"));
    }

    private sealed class Row
    {
        public float Label;
        public string Name = "";

        [VectorType(2)]
        public float[] Features = [];

        public string[] Words = [];
    }
}
