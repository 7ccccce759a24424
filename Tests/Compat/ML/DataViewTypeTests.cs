using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class DataViewTypeTests
{
    [TestMethod]
    public void TypesPrintTheirItemsAndExtents()
    {
        Assert.AreEqual("Single", NumberDataViewType.Single.ToString());
        Assert.AreEqual("String", TextDataViewType.Instance.ToString());
        Assert.AreEqual("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.AreEqual("DataViewRowId", RowIdDataViewType.Instance.ToString());
        Assert.AreEqual("Key<UInt32, 0-9>", new KeyDataViewType(typeof(uint), 10).ToString());
        Assert.AreEqual("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.AreEqual("Vector<Single, 16>", new VectorDataViewType(NumberDataViewType.Single, 16).ToString());
        Assert.AreEqual("Vector<Single, 1, 16>", new VectorDataViewType(NumberDataViewType.Single, 1, 16).ToString());
        Assert.AreEqual("Vector<Single, 3, *>", new VectorDataViewType(NumberDataViewType.Single, 3, 0).ToString());
    }

    [TestMethod]
    public void VectorsAreEqualWhenItemsAndExtentsAre()
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, 2, 8);
        Assert.AreEqual(type, new VectorDataViewType(NumberDataViewType.Single, 2, 8));
        Assert.AreEqual(type, new VectorDataViewType(NumberDataViewType.Single, type.Dimensions));
        Assert.AreEqual(type.GetHashCode(), new VectorDataViewType(NumberDataViewType.Single, 2, 8).GetHashCode());
        Assert.AreNotEqual(type, new VectorDataViewType(NumberDataViewType.Single, 16));
        Assert.AreNotEqual(type, new VectorDataViewType(NumberDataViewType.Double, 2, 8));
    }

    [TestMethod]
    public void AVectorWithAnUnknownExtentHasNoKnownSize()
    {
        Assert.AreEqual(16, new VectorDataViewType(NumberDataViewType.Single, 2, 8).Size);
        Assert.IsFalse(new VectorDataViewType(NumberDataViewType.Single, 3, 0).IsKnownSize);
        Assert.AreEqual(typeof(VBuffer<float>), new VectorDataViewType(NumberDataViewType.Single).RawType);
    }

    [TestMethod]
    public void KeysAreEqualWhenTypeAndCountAre()
    {
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 10), new KeyDataViewType(typeof(uint), 10UL));
        Assert.AreNotEqual(new KeyDataViewType(typeof(uint), 10), new KeyDataViewType(typeof(uint), 11));
        Assert.AreNotEqual(new KeyDataViewType(typeof(uint), 10), new KeyDataViewType(typeof(ulong), 10));
    }

    [TestMethod]
    public void AKeyMustBeUnsignedAndCountWhatItCanHold()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 10));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
    }

    [TestMethod]
    public void RowIdsDeriveAsMurmurHashBlocksDo()
    {
        // Next and Fork of zero are the constants of the hash's last step, so the values are known by hand.
        DataViewRowId next = default(DataViewRowId).Next();
        Assert.AreEqual(0x52dce729UL, next.Low);
        Assert.AreEqual((0x52dce729UL * 5) + 0x38495ab5UL, next.High);
        Assert.AreNotEqual(next, default(DataViewRowId).Fork());
        Assert.AreNotEqual(next.Combine(new DataViewRowId(1, 0)), next.Combine(new DataViewRowId(2, 0)));
        Assert.AreEqual("00000000000000020000000000000001", new DataViewRowId(1, 2).ToString());
    }
}
