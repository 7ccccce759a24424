using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class ModelArchiveTests
{
    private const string ChainKey = "TransformerChain/Model.key";
    private const int ModelStart = 0x18; // in the header: where each part is, and how long
    private const int AssemblyNameStart = 0x90;

    private static readonly MLContext Context = new(1);
    private static readonly Dictionary<string, byte[]> Stock = Archive.Entries(File.ReadAllBytes(GoldenFile.PathOf("stock-pipeline.zip")));

    [TestMethod]
    public void AChainIsStoredWithStockMlNetsHeader()
    {
        byte[] ours = Archive.Entries(Save(null))[ChainKey];
        byte[] stock = Stock[ChainKey];
        CollectionAssert.AreEqual(stock[..ModelStart], ours[..ModelStart]);
        CollectionAssert.AreEqual(stock[0x20..0x80], ours[0x20..0x80]);
        CollectionAssert.AreEqual(stock[(int)BitConverter.ToInt64(stock, AssemblyNameStart)..], ours[(int)BitConverter.ToInt64(ours, AssemblyNameStart)..]);
        Assert.AreEqual(ours.Length, BitConverter.ToInt64(ours, 0x88));
        Assert.AreEqual(sizeof(int), BitConverter.ToInt64(ours, ModelStart));
    }

    [TestMethod]
    public void ASchemaIsStoredByteForByteAsStockMlNetStoresIt()
    {
        DataViewSchema schema = LoadSchema(Stock["Schema"]);
        CollectionAssert.AreEqual(
            new[] { "Label: Single", "Name: String", "Features: Vector<Single, 16>" }, schema.Select(c => c.ToString()).ToArray());
        CollectionAssert.AreEqual(Stock["Schema"], Archive.Entries(Save(schema))["Schema"]);
    }

    [TestMethod]
    public void AnnotationsOfAStockSchemaAreReadAndStoredAgain()
    {
        DataViewSchema stock = LoadSchema(Stock["TransformerChain/Transform_003/TrainSchema"]);
        foreach (DataViewSchema schema in new[] { stock, LoadSchema(Archive.Entries(Save(stock))["Schema"]) })
        {
            Assert.AreEqual("Label: Key<UInt32, 0-9> {KeyValues}", schema["Label"].ToString());
            VBuffer<ReadOnlyMemory<char>> names = default;
            schema["Label"].GetKeyValues(ref names);
            Assert.AreEqual("class-9 class-0 class-3 class-2 class-7 class-5 class-1 class-6 class-4 class-8", string.Join(' ', names.DenseValues()));
            Assert.AreEqual("Vector<Single, 1, 8>", schema["Code"].Type.ToString());
            Assert.IsTrue(schema["Code"].IsNormalized());
        }
    }

    [TestMethod]
    public void AnnotationsOfEveryTypeComeBack()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("Set", new KeyDataViewType(typeof(uint), int.MaxValue), 7u);
        annotations.AddPrimitiveValue("Kind", TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        annotations.Add("Flags", new VectorDataViewType(BooleanDataViewType.Instance, 9), (ref VBuffer<bool> v) =>
            v = new VBuffer<bool>(9, [true, false, true, true, false, false, false, true, true]));
        annotations.Add("Sparse", new VectorDataViewType(NumberDataViewType.Double), (ref VBuffer<double> v) =>
            v = new VBuffer<double>(5, 1, [2.5], [3]));
        annotations.Add("Nothing", new VectorDataViewType(NumberDataViewType.Int32), (ref VBuffer<int> v) => v = default);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Score", NumberDataViewType.Single, annotations.ToAnnotations());

        DataViewSchema.Annotations read = LoadSchema(Archive.Entries(Save(builder.ToSchema()))["Schema"])["Score"].Annotations;
        Assert.AreEqual(7u, Read<uint>(read, "Set"));
        Assert.AreEqual("MulticlassClassification", Read<ReadOnlyMemory<char>>(read, "Kind").ToString());
        CollectionAssert.AreEqual(
            new[] { true, false, true, true, false, false, false, true, true }, Read<VBuffer<bool>>(read, "Flags").DenseValues().ToArray());
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 2.5, 0 }, Read<VBuffer<double>>(read, "Sparse").DenseValues().ToArray());
        Assert.AreEqual(0, Read<VBuffer<int>>(read, "Nothing").Length);
    }

    [TestMethod]
    public void AModelSavedToAFileLoadsFromItWithItsSchema()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.zip");
        DataViewSchema schema = LoadSchema(Stock["Schema"]);
        Context.Model.Save(new TransformerChain<ITransformer>(new TransformerChain<ITransformer>()), schema, path);
        ITransformer model = Context.Model.Load(path, out DataViewSchema loaded);

        Assert.AreEqual(1, ((IEnumerable<ITransformer>)model).Count());
        CollectionAssert.AreEqual(schema.Select(c => c.ToString()).ToArray(), loaded.Select(c => c.ToString()).ToArray());
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void AFileThatIsNoZipIsRefusedInMlNetsWords()
    {
        using var stream = new MemoryStream("hello"u8.ToArray());
        var error = Assert.ThrowsExactly<FormatException>(() => Context.Model.Load(stream, out _));
        Assert.AreEqual("Failed to open a zip archive", error.Message);
        Assert.IsInstanceOfType<InvalidDataException>(error.InnerException);
    }

    [TestMethod]
    public void AZipWithoutAModelIsRefused()
    {
        Dictionary<string, byte[]> entries = Archive.Entries(Save(null));
        entries.Remove(ChainKey);
        using var stream = new MemoryStream(Archive.Zip(entries));
        Assert.ThrowsExactly<InvalidOperationException>(() => Context.Model.Load(stream, out _));

        entries["Schema"] = Stock["Schema"];
        AssertRefused(entries);
    }

    [TestMethod]
    [DataRow(0x00, DisplayName = "signature")]
    [DataRow(0x18, DisplayName = "length of the model")]
    [DataRow(0x28, DisplayName = "length of the string table")]
    [DataRow(0x80, DisplayName = "place of the tail")]
    [DataRow(0x88, DisplayName = "end")]
    [DataRow(0x90, DisplayName = "place of the assembly name")]
    public void ADamagedHeaderIsRefused(int position)
    {
        Dictionary<string, byte[]> entries = Archive.Entries(Save(null));
        entries[ChainKey][position] ^= 0x55;
        AssertRefused(entries);
    }

    [TestMethod]
    public void ATruncatedModelIsRefused()
    {
        Dictionary<string, byte[]> entries = Archive.Entries(Save(null));
        entries[ChainKey] = entries[ChainKey][..^3];
        AssertRefused(entries);
    }

    private static void AssertRefused(Dictionary<string, byte[]> entries)
    {
        using var stream = new MemoryStream(Archive.Zip(entries));
        Assert.ThrowsExactly<FormatException>(() => Context.Model.Load(stream, out _));
    }

    private static T Read<T>(DataViewSchema.Annotations annotations, string kind)
    {
        T value = default!;
        annotations.GetValue(kind, ref value);
        return value;
    }

    private static byte[] Save(DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        Context.Model.Save(new TransformerChain<ITransformer>(), schema, stream);
        return stream.ToArray();
    }

    // A schema can only be loaded with a model: an empty chain.
    private static DataViewSchema LoadSchema(byte[] entry)
    {
        Dictionary<string, byte[]> entries = Archive.Entries(Save(null));
        entries["Schema"] = entry;
        using var stream = new MemoryStream(Archive.Zip(entries));
        Context.Model.Load(stream, out DataViewSchema schema);
        return schema;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("onnxae-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
