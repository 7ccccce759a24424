using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class LoadFromEnumerableTests
{
    private static readonly MLContext Context = new(1);

    private static IDataView View => Context.Data.LoadFromEnumerable(new[]
    {
        new Sample { Id = 1, Name = "one", Features = [1, 2], Words = ["a", "b"], Class = 0, Ignored = 5 },
        new Sample { Id = 2, Name = null, Features = [3, 4], Words = [], Class = 2, Ignored = 6 },
        new Sample { Id = 3, Name = "three", Features = [5, 6], Words = ["c"], Class = 3, Ignored = 7 },
    });

    [TestMethod]
    public void ColumnsFollowFieldsThenPropertiesWithTheirAttributes()
    {
        CollectionAssert.AreEqual(
            new[] { "Id: Int32", "Title: String", "Features: Vector<Single, 2>", "Words: Vector<String>", "Class: Key<UInt32, 0-2>", "Flag: Boolean" },
            View.Schema.Select(c => c.ToString()).ToArray());
        Assert.AreEqual(3, View.GetRowCount());
        Assert.IsFalse(View.CanShuffle);
    }

    [TestMethod]
    public void KeysCountFromOneAndOutOfRangeIsMissing() =>
        CollectionAssert.AreEqual(new uint[] { 1, 3, 0 }, View.GetColumn<uint>("Class").ToArray());

    [TestMethod]
    public void ObjectsComeBackAsTheyWentIn()
    {
        Sample[] rows = [.. Context.Data.CreateEnumerable<Sample>(View, reuseRowObject: false)];
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, rows.Select(r => r.Id).ToArray());
        CollectionAssert.AreEqual(new[] { "one", "", "three" }, rows.Select(r => r.Name).ToArray());
        CollectionAssert.AreEqual(new float[] { 5, 6 }, rows[2].Features);
        CollectionAssert.AreEqual(new[] { "a", "b" }, rows[0].Words);
    }

    [TestMethod]
    public void OneObjectIsFilledAgainWhereThatIsAsked()
    {
        Sample[] rows = [.. Context.Data.CreateEnumerable<Sample>(View, reuseRowObject: true)];
        Assert.AreSame(rows[0], rows[2]);
    }

    [TestMethod]
    public void AMissingColumnIsRefusedUnlessItMayBeIgnored()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Data.CreateEnumerable<Other>(View, reuseRowObject: false).ToArray());
        Assert.HasCount(3, Context.Data.CreateEnumerable<Other>(View, reuseRowObject: false, ignoreMissingColumns: true).ToArray());
    }

    [TestMethod]
    public void AMemberOfAnotherTypeThanItsColumnIsRefused()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Context.Data.CreateEnumerable<Mistyped>(View, reuseRowObject: false).ToArray());
        Assert.AreEqual("Can't bind the IDataView column 'Id' of type 'Int32' to field or property 'Id' of type 'System.Single'.", error.Message);
    }

    [TestMethod]
    public void ADefinitionOverridesTheTypeAndAddsAnnotations()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Plain));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        definition["Values"].AddAnnotation("SlotNames", new[] { "x", "y", "z" }, new VectorDataViewType(TextDataViewType.Instance, 3));
        IDataView view = Context.Data.LoadFromEnumerable(new[] { new Plain { Values = [1, 2, 3] } }, definition);

        Assert.AreEqual("Vector<Single, 3>", view.Schema["Values"].Type.ToString());
        Assert.IsTrue(view.Schema["Values"].HasSlotNames());
    }

    [TestMethod]
    public void ASchemaGivesItsTypesAndAnnotationsToTheMembers()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Values", new VectorDataViewType(NumberDataViewType.Single, 1, 3));
        IDataView view = Context.Data.LoadFromEnumerable(new[] { new Plain { Values = [1, 2, 3] } }, builder.ToSchema());
        Assert.AreEqual("Vector<Single, 1, 3>", view.Schema["Values"].Type.ToString());
    }

    private sealed class Sample
    {
        public int Id;

        [ColumnName("Title")]
        public string? Name;

        [VectorType(2)]
        public float[] Features = [];

        public string[] Words = [];

        [KeyType(3)]
        public uint Class;

        [NoColumn]
        public int Ignored;

        public bool Flag { get; set; }
    }

    private sealed class Other
    {
        public int Id { get; set; }

        public float Nowhere { get; set; }
    }

    private sealed class Mistyped
    {
        public float Id { get; set; }
    }

    private sealed class Plain
    {
        public float[] Values = [];
    }
}
