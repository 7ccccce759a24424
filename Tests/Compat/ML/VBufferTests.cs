using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class VBufferTests
{
    private static VBuffer<float> Sparse => new(6, 2, [1f, 4f], [1, 4]);

    [TestMethod]
    public void ASparseVectorReadsAsDefaultWhereNothingIsStored()
    {
        CollectionAssert.AreEqual(new[] { 0f, 1f, 0f, 0f, 4f, 0f }, Sparse.DenseValues().ToArray());
        Assert.AreEqual(4f, Sparse.GetItemOrDefault(4));
        Assert.AreEqual(0f, Sparse.GetItemOrDefault(5));
        Assert.IsFalse(Sparse.IsDense);
        Assert.AreEqual("Sparse vector of size 6, 2 explicit values", Sparse.ToString());
    }

    [TestMethod]
    public void ItemsGiveTheStoredValuesUnlessAllAreAsked()
    {
        CollectionAssert.AreEqual(new[] { 1, 4 }, Sparse.Items().Select(i => i.Key).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4, 5 }, Sparse.Items(all: true).Select(i => i.Key).ToArray());
    }

    [TestMethod]
    public void CopyToFillsWithTheDefaultThatIsAsked()
    {
        var values = new float[8];
        Sparse.CopyTo(values, 1, -1f);
        CollectionAssert.AreEqual(new[] { 0f, -1f, 1f, -1f, -1f, 4f, -1f, 0f }, values);
    }

    [TestMethod]
    public void APartOfASparseVectorKeepsItsValuesInPlace()
    {
        VBuffer<float> part = default;
        Sparse.CopyTo(ref part, 1, 4);
        CollectionAssert.AreEqual(new[] { 1f, 0f, 0f, 4f }, part.DenseValues().ToArray());
        Assert.IsFalse(part.IsDense);
    }

    [TestMethod]
    public void CopyToDenseStoresEveryValue()
    {
        VBuffer<float> dense = default;
        Sparse.CopyToDense(ref dense);
        Assert.IsTrue(dense.IsDense);
        CollectionAssert.AreEqual(Sparse.DenseValues().ToArray(), dense.GetValues().ToArray());
    }

    [TestMethod]
    public void AnEditorReusesArraysThatAreLongEnough()
    {
        var array = new float[10];
        var buffer = new VBuffer<float>(10, array);
        var editor = VBufferEditor.Create(ref buffer, 4);
        editor.Values.Fill(7);
        buffer = editor.Commit();
        Assert.IsFalse(editor.CreatedNewValues);
        Assert.AreEqual(7f, array[3]);
        Assert.AreEqual(4, buffer.Length);
    }

    [TestMethod]
    public void AnEditorMakesASparseVectorOfFewerValuesThanSlots()
    {
        VBuffer<float> buffer = default;
        var editor = VBufferEditor.Create(ref buffer, 5, 2);
        editor.Values[0] = 9;
        editor.Indices[0] = 3;
        buffer = editor.CommitTruncated(1);
        Assert.IsTrue(editor.CreatedNewIndices);
        CollectionAssert.AreEqual(new[] { 0f, 0f, 0f, 9f, 0f }, buffer.DenseValues().ToArray());
    }

    [TestMethod]
    public void ArraysThatAreTooShortAreRefused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, new float[2]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, 2, new float[2], new int[1]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Sparse.GetItemOrDefault(6));
    }
}
