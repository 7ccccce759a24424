using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class DataViewSchemaTests
{
    [TestMethod]
    public void TheLastColumnOfANameHidesTheOthers()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", TextDataViewType.Instance);
        builder.AddColumn("A", NumberDataViewType.Double);
        DataViewSchema schema = builder.ToSchema();

        Assert.IsTrue(schema[0].IsHidden);
        Assert.AreEqual(2, schema["A"].Index);
        Assert.AreEqual("A: Double", schema["A"].ToString());
        Assert.IsNull(schema.GetColumnOrNull("C"));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => schema["C"]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => schema[3]);
    }

    [TestMethod]
    public void AnnotationsKeepTheirValuesWhenAColumnIsCopied()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2), (ref VBuffer<ReadOnlyMemory<char>> names) =>
            names = new VBuffer<ReadOnlyMemory<char>>(2, ["left".AsMemory(), "right".AsMemory()]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        var copy = new DataViewSchema.Builder();
        copy.AddColumns(builder.ToSchema());
        DataViewSchema.Column column = copy.ToSchema()["A"];

        Assert.IsTrue(column.IsNormalized());
        Assert.IsTrue(column.HasSlotNames());
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        CollectionAssert.AreEqual(new[] { "left", "right" }, slots.DenseValues().Select(s => s.ToString()).ToArray());
        Assert.AreEqual("A: Vector<Single, 2> {IsNormalized, SlotNames}", column.ToString());
    }

    [TestMethod]
    public void KeyValuesCountOnlyWhenThereIsOneForEachKey()
    {
        Assert.IsTrue(WithKeyValues(3).HasKeyValues());
        Assert.IsFalse(WithKeyValues(3).HasKeyValues(NumberDataViewType.Single));
        Assert.IsFalse(WithKeyValues(2).HasKeyValues());
        Assert.IsFalse(WithKeyValues(3).HasSlotNames());
    }

    [TestMethod]
    public void AnAnnotationIsReadAsItsOwnTypeOnly()
    {
        DataViewSchema.Column column = WithKeyValues(3);
        VBuffer<float> wrong = default;
        Assert.ThrowsExactly<InvalidOperationException>(() => column.GetKeyValues(ref wrong));
        VBuffer<ReadOnlyMemory<char>> missing = default;
        Assert.ThrowsExactly<InvalidOperationException>(() => column.GetSlotNames(ref missing));
    }

    private static DataViewSchema.Column WithKeyValues(int count)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, count), (ref VBuffer<ReadOnlyMemory<char>> values) =>
            values = new VBuffer<ReadOnlyMemory<char>>(count, new ReadOnlyMemory<char>[count]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), 3), annotations.ToAnnotations());
        return builder.ToSchema()["Key"];
    }
}
