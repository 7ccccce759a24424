using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class FeatureStoreTests
{
    private static readonly float[][] Rows = [[1, 2], [3, 4], [5, 6]];

    [TestMethod]
    public void AViewReadsTheRowsThatAreAskedForInTheirOrderEachTime()
    {
        IDataView view = Stores.Of(Rows).View(new MLContext(seed: 1), [2, 0, 1], [2, 0, 1], classCount: 2);
        for (int time = 0; time < 2; time++)
        {
            CollectionAssert.AreEqual(new float[] { 5, 6, 1, 2, 3, 4 }, view.GetColumn<float[]>(FeatureStore.Features).SelectMany(row => row).ToArray());
            CollectionAssert.AreEqual(new uint[] { 1, 2, 0 }, view.GetColumn<uint>("Label").ToArray());
        }
    }

    [TestMethod]
    public void CursorsSideBySideDoNotDisturbEachOther()
    {
        IDataView view = Stores.Of(Rows).View(new MLContext(seed: 1));
        DataViewSchema.Column column = view.Schema[FeatureStore.Features];
        using DataViewRowCursor first = view.GetRowCursor([column]), second = view.GetRowCursor([column]);
        VBuffer<float> values = default;
        Assert.IsTrue(first.MoveNext() && second.MoveNext() && second.MoveNext());
        first.GetGetter<VBuffer<float>>(column)(ref values);
        CollectionAssert.AreEqual(Rows[0], values.DenseValues().ToArray());
    }

    [TestMethod]
    public void RowsThatChangeWhileTheyAreReadAreNamed()
    {
        IDataView view = Stores.Of(Rows).View(new MLContext(seed: 1));
        FeatureStore whole = FeatureStore.Read(view, 3, _ => { }, CancellationToken.None);
        CollectionAssert.AreEqual(Rows[1], whole.Row(1).ToArray());
        foreach (int counted in new[] { 2, 4 })
        {
            Assert.Contains("changed while they were read", Assert.ThrowsExactly<InvalidDataException>(() => FeatureStore.Read(view, counted, _ => { }, CancellationToken.None)).Message);
        }
    }

    [TestMethod]
    public void MoreNumbersThanAnArrayHoldsAreRefused() =>
        Assert.Contains("Use fewer images", Assert.ThrowsExactly<InvalidDataException>(() => new FeatureStore(2_000_000, 2_048)).Message);
}
