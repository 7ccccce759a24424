using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Inference.Data;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Tests.Inference.Transforms;

[TestClass]
public sealed class BatchedOnnxCursorTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Only_the_columns_that_are_asked_for_are_read()
    {
        SpyView data = new(Row.View(_ml, 10));
        IDataView view = Transform(data);
        Read(view, "Code");
        CollectionAssert.AreEquivalent(new[] { "Values" }, data.Asked.ToArray());
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Code"]]);
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Values"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Values"]));
    }

    [TestMethod]
    public void Without_the_output_the_model_is_not_run_and_nothing_is_read_ahead()
    {
        SpyView data = new(Row.View(_ml, 100));
        IDataView view = Transform(data);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Name"]]);
        for (int i = 0; i < 3; i++)
            Assert.IsTrue(cursor.MoveNext());
        CollectionAssert.AreEquivalent(new[] { "Name" }, data.Asked.ToArray());
        Assert.AreEqual(3, data.RowsRead);
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Code"]));
    }

    [TestMethod]
    public void An_early_stop_reads_one_batch_and_closes_the_source()
    {
        SpyView data = new(Row.View(_ml, 100));
        IDataView view = Transform(data, batchSize: 8);
        using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
            Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual((8, 1), (data.RowsRead, data.Disposed));
    }

    [TestMethod]
    public void Batches_whose_output_nobody_reads_are_not_run()
    {
        // The file says three values a row where there are two: running it fails.
        ModelProto lying = TinyOnnx.Dense(Row.Size, 2);
        lying.Graph.Output[0] = TinyOnnx.Value("y", true, 2);
        lying.Graph.Node.Insert(1, new NodeProto { OpType = "ReduceSum", Input = { "sum", "axes" }, Output = { "less" } });
        lying.Graph.Initializer.Add(new TensorProto { Name = "axes", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 1 }, Int64Data = { 0 } });
        lying.Graph.Node[2].Input[0] = "less";
        IDataView data = Row.View(_ml, 10);
        using BatchedOnnxTransformer transformer = _ml.Transforms.ApplyOnnxEncoder("Code", "Values", lying.Save(_folder)).Fit(data);
        IDataView view = transformer.Transform(data);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        ValueGetter<int> getNumber = cursor.GetGetter<int>(view.Schema["Number"]);
        int number = 0;
        for (int i = 0; i < 10; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getNumber(ref number);
            Assert.AreEqual(i, number);
        }

        VBuffer<float> code = default;
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => getCode(ref code));
        StringAssert.StartsWith(error.Message, "ONNX Runtime failed to run");
    }

    [TestMethod]
    public void Ids_and_positions_are_those_of_the_rows()
    {
        IDataView source = _ml.Data.LoadFromImages(ImageSetOf(100));
        using BatchedOnnxTransformer transformer = _ml.Transforms
            .ApplyOnnxEncoder(new BatchedOnnxOptions { OutputColumnName = "Code", InputColumnName = "Pixels", ModelFile = TinyOnnx.Dense(2, 3).Save(_folder), BatchSize = 7 })
            .Fit(source);
        IDataView view = transformer.Transform(source);
        using DataViewRowCursor expected = source.GetRowCursor(source.Schema, new Random(6));
        using DataViewRowCursor found = view.GetRowCursor(view.Schema, new Random(6));
        ValueGetter<DataViewRowId> getExpected = expected.GetIdGetter();
        ValueGetter<DataViewRowId> getFound = found.GetIdGetter();
        DataViewRowId expectedId = default;
        DataViewRowId foundId = default;
        Assert.AreEqual(-1, found.Position);
        while (expected.MoveNext())
        {
            Assert.IsTrue(found.MoveNext());
            getExpected(ref expectedId);
            getFound(ref foundId);
            Assert.AreEqual(expectedId, foundId);
            Assert.AreEqual(expected.Position, found.Position);
        }

        Assert.IsFalse(found.MoveNext());
        Assert.IsFalse(found.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => getFound(ref foundId));
    }

    [TestMethod]
    public void Values_that_a_reader_keeps_do_not_change_under_it()
    {
        IDataView view = Transform(Row.View(_ml, 20), batchSize: 4);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getValues = cursor.GetGetter<VBuffer<float>>(view.Schema["Values"]);
        List<float[]> kept = [];
        while (cursor.MoveNext())
        {
            VBuffer<float> values = default;
            getValues(ref values);
            kept.Add([.. values.DenseValues()]);
        }

        Row[] rows = Row.Make(20);
        for (int i = 0; i < rows.Length; i++)
            CollectionAssert.AreEqual(rows[i].Values, kept[i]);
    }

    [TestMethod]
    public void A_set_has_one_cursor_with_all_rows()
    {
        IDataView view = Transform(Row.View(_ml, 30), batchSize: 8);
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, 4);
        using DataViewRowCursor only = cursors.Single();
        int rows = 0;
        while (only.MoveNext())
            rows++;
        Assert.AreEqual(30, rows);
    }

    [TestMethod]
    public void A_row_costs_no_memory()
    {
        const int Rows = 4096;
        const int MostBytesPerRow = 16; // what a call of ONNX Runtime allocates, spread over its batch
        IDataView source = _ml.Data.LoadFromImages(ImageSetOf(Rows));
        using BatchedOnnxTransformer transformer = _ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", TinyOnnx.Dense(2, 3).Save(_folder)).Fit(source);
        IDataView view = transformer.Transform(source);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Pixels"], view.Schema["Code"]]);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        for (int i = 0; i < transformer.BatchSize; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getCode(ref code);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        int rows = 0;
        for (; cursor.MoveNext(); rows++)
            getCode(ref code);
        Assert.AreEqual(Rows - transformer.BatchSize, rows);
        Assert.IsLessThan((long)rows * MostBytesPerRow, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ImageSet ImageSetOf(int count)
    {
        byte[] pixels = new byte[2 * count];
        new Random(8).NextBytes(pixels);
        return new ImageSet(pixels, 1, 2);
    }

    private static void Read(IDataView view, string column) => Assert.AreNotEqual(0, view.GetColumn<float[]>(column).Count());

    private IDataView Transform(IDataView data, int batchSize = 0)
        => _ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Values",
            ModelFile = TinyOnnx.Dense(Row.Size, 3).Save(_folder),
            BatchSize = batchSize,
        }).Fit(data).Transform(data);
}
