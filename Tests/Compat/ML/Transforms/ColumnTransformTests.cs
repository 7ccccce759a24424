using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML.Transforms;

[TestClass]
public sealed class ColumnTransformTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void ConcatenationJoinsScalarsAndVectorsAndNamesTheirSlots()
    {
        IDataView rows = Load();
        IDataView output = SaveAndLoad(Context.Transforms.Concatenate("All", "Height", "Pair").Fit(rows), rows).Transform(rows);

        GoldenData.AssertClose([[1, 2, 3], [4, 5, 6]], output.GetColumn<float[]>("All"), tolerance: 0);
        VBuffer<ReadOnlyMemory<char>> names = default;
        output.Schema["All"].GetSlotNames(ref names);
        Assert.AreSequenceEqual(new[] { "Height", "", "" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void CopyHasTheValuesAndAnnotationsOfItsSource()
    {
        IDataView rows = Load();
        IDataView normalized = Context.Transforms.NormalizeMinMax("Pair").Fit(rows).Transform(rows);
        IDataView output = SaveAndLoad(Context.Transforms.CopyColumns("Copy", "Pair").Fit(normalized), normalized).Transform(normalized);

        GoldenData.AssertClose([.. normalized.GetColumn<float[]>("Pair")], output.GetColumn<float[]>("Copy"), tolerance: 0);
        Assert.IsTrue(output.Schema["Copy"].IsNormalized());
    }

    [TestMethod]
    public void SelectedColumnsComeInTheOrderAskedFor()
    {
        IDataView rows = Load();
        IDataView output = SaveAndLoad(Context.Transforms.SelectColumns("Pair", "Name").Fit(rows), rows).Transform(rows);

        Assert.AreSequenceEqual(new[] { "Pair", "Name" }, output.Schema.Select(c => c.Name).ToArray());
        Assert.AreSequenceEqual(new[] { "a", "b" }, output.GetColumn<string>("Name").ToArray());
    }

    [TestMethod]
    public void DroppedColumnsAreGone()
    {
        IDataView rows = Load();
        IDataView output = SaveAndLoad(Context.Transforms.DropColumns("Pair").Fit(rows), rows).Transform(rows);

        Assert.AreSequenceEqual(new[] { "Name", "Height" }, output.Schema.Select(c => c.Name).ToArray());
        Assert.AreSequenceEqual(new float[] { 1, 4 }, output.GetColumn<float>("Height").ToArray());
    }

    [TestMethod]
    public void ColumnThatIsNotThereCannotBeSelected() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Transforms.SelectColumns("Nope").Fit(Load()));

    private static ITransformer SaveAndLoad(ITransformer model, IDataView input)
    {
        using var stream = new MemoryStream();
        Context.Model.Save(model, input.Schema, stream);
        return Context.Model.Load(stream, out _);
    }

    private static IDataView Load() => Context.Data.LoadFromEnumerable(new[]
    {
        new Sample { Name = "a", Height = 1, Pair = [2, 3] },
        new Sample { Name = "b", Height = 4, Pair = [5, 6] },
    });

    private sealed class Sample
    {
        public string Name { get; set; } = "";

        public float Height { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [];
    }
}
