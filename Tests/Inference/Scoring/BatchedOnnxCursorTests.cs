using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BatchedOnnxCursorTests : ScoringTest
{
    [TestMethod]
    public void Only_the_columns_that_are_asked_for_are_read()
    {
        SpyView data = new(Row.View(Ml, 10));
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
        SpyView data = new(Row.View(Ml, 100));
        IDataView view = Transform(data);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Name"]]);
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
        }

        CollectionAssert.AreEquivalent(new[] { "Name" }, data.Asked.ToArray());
        Assert.AreEqual(3, data.RowsRead);
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Code"]));
    }

    [TestMethod]
    public void What_flows_with_the_reader_flows_to_the_sources_code_on_every_thread()
    {
        AsyncLocal<string> flowing = new() { Value = "the reader's" };
        ConcurrentDictionary<int, string?> seen = []; // by thread
        IEnumerable<Row> rows = Row.Make(3000).Select(row =>
        {
            seen[Environment.CurrentManagedThreadId] = flowing.Value;
            return row;
        });
        IDataView view = Transform(Ml.Data.LoadFromEnumerable(rows), batchSize: 16, concurrentBatches: 2);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Code"]]);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        for (int i = 0; i < 100; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getCode(ref code);
        }

        Assert.IsTrue(SpinWait.SpinUntil(() => seen.Count > 1, TimeSpan.FromSeconds(30)), "nothing was read ahead");
        CollectionAssert.AreEqual(new[] { "the reader's" }, seen.Values.Distinct().ToArray());
    }

    [TestMethod]
    public void The_first_rows_wait_for_no_large_batch_and_an_early_stop_closes_the_source()
    {
        const int Wanted = 10;
        SpyView data = new(Row.View(Ml, 1000));
        IDataView view = Transform(data, batchSize: 256);
        using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
        {
            ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
            VBuffer<float> code = default;
            for (int i = 0; i < Wanted; i++)
            {
                Assert.IsTrue(cursor.MoveNext());
                getCode(ref code);
            }
        }

        Assert.AreEqual((1 + 4 + 16, 1), (data.RowsRead, data.Disposed));
    }

    [TestMethod]
    public void A_reader_that_stops_at_any_row_leaves_nothing_running()
    {
        for (int stop = 1; stop < 200; stop += 13)
        {
            SpyView data = new(Row.View(Ml, 1000));
            IDataView view = Transform(data, batchSize: 8, concurrentBatches: 3);
            using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
            {
                ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
                VBuffer<float> code = default;
                for (int i = 0; i < stop && cursor.MoveNext(); i++)
                {
                    getCode(ref code);
                }
            }

            int read = data.RowsRead;
            Assert.AreEqual(1, data.Disposed);
            Assert.IsLessThanOrEqualTo(stop + (8 * 6), read);
        }
    }

    [TestMethod]
    public void Rows_in_front_of_a_broken_one_are_given_out()
    {
        const int Broken = 150;
        IDataView data = Ml.Data.LoadFromEnumerable(Row.Make(300).Select((row, i) => i == Broken ? throw new FormatException("row 150") : row));
        IDataView view = Transform(data, batchSize: 16, concurrentBatches: 2);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        int rows = 0;
        FormatException error = Assert.ThrowsExactly<FormatException>(() =>
        {
            for (; cursor.MoveNext(); rows++)
            {
                getCode(ref code);
            }
        });
        Assert.AreEqual((Broken, "row 150"), (rows, error.Message));
        Assert.AreEqual(-1, cursor.Position); // no row comes again
        Assert.ThrowsExactly<FormatException>(() => cursor.MoveNext());
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
        IDataView data = Row.View(Ml, 10);
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Values", lying.Save(Folder)).Fit(data);
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
    [DataRow(17)]
    [DataRow(20)]
    [DataRow(23)]
    public void A_reader_that_skips_batches_gets_its_own_values(int stride)
    {
        IDataView data = Row.View(Ml, 20 * stride);
        string model = Slow(TinyOnnx.Dense(Row.Size, 512)).Save(Folder);
        IDataView view = Ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Values",
            ModelFile = model,
            BatchSize = 4,
            ConcurrentBatches = 2,
            IntraOpThreads = 1,
        }).Fit(data).Transform(data);
        float[][] codes = [.. view.GetColumn<float[]>("Code")];
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Code"]]);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        while (cursor.MoveNext())
        {
            if (cursor.Position % stride != 0)
            {
                continue;
            }

            Thread.Sleep(10); // what was begun on a batch that was skipped since has ended
            getCode(ref code);
            CollectionAssert.AreEqual(codes[cursor.Position], code.DenseValues().ToArray(), $"row {cursor.Position}");
        }
    }

    [TestMethod]
    public void A_reader_that_pauses_gets_all_values()
    {
        IDataView view = Transform(Row.View(Ml, 1000), batchSize: 4, concurrentBatches: 3);
        float[][] codes = [.. view.GetColumn<float[]>("Code")];
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Code"]]);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        VBuffer<float> code = default;
        int rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            getCode(ref code);
            CollectionAssert.AreEqual(codes[rows], code.DenseValues().ToArray(), $"row {rows}");
            if (rows % 400 == 200)
            {
                Thread.Sleep(200); // what reads ahead gives up waiting
            }
        }

        Assert.AreEqual(1000, rows);
    }

    [TestMethod]
    public void Ids_and_positions_are_those_of_the_rows()
    {
        IDataView source = Ml.Data.LoadFromRows(ImageSetOf(100));
        using BatchedOnnxTransformer transformer = Ml.Transforms
            .ApplyOnnxEncoder(new BatchedOnnxOptions { OutputColumnName = "Code", InputColumnName = "Pixels", ModelFile = TinyOnnx.Dense(2, 3).Save(Folder), BatchSize = 7 })
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
        IDataView view = Transform(Row.View(Ml, 20), batchSize: 4);
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
        {
            CollectionAssert.AreEqual(rows[i].Values, kept[i]);
        }
    }

    [TestMethod]
    public void A_set_has_one_cursor_with_all_rows()
    {
        IDataView view = Transform(Row.View(Ml, 30), batchSize: 8);
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, 4);
        using DataViewRowCursor only = cursors.Single();
        int rows = 0;
        while (only.MoveNext())
        {
            rows++;
        }

        Assert.AreEqual(30, rows);
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_row_costs_no_memory()
    {
        const int Rows = 60_000;
        const int MostBytesPerRow = 16; // what a cursor allocates, spread over its rows
        IDataView source = Ml.Data.LoadFromRows(ImageSetOf(Rows));
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", TinyOnnx.Dense(2, 3).Save(Folder)).Fit(source);
        IDataView view = transformer.Transform(source);
        long before = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            before = GC.GetTotalAllocatedBytes();
            using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Pixels"], view.Schema["Code"]]);
            ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
            VBuffer<float> code = default;
            int rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                getCode(ref code);
            }

            Assert.AreEqual(Rows, rows);
        }

        Assert.IsLessThan((long)Rows * MostBytesPerRow, GC.GetTotalAllocatedBytes() - before);
    }

    private static RowSet ImageSetOf(int count)
    {
        byte[] pixels = new byte[2 * count];
        new Random(8).NextBytes(pixels);
        return new RowSet(pixels, [1, 1, 2]);
    }

    // The same values after a millisecond's work: products with the identity.
    private static ModelProto Slow(ModelProto model)
    {
        GraphProto graph = model.Graph;
        int size = (int)graph.Output[0].Type.TensorType.Shape.Dim[^1].DimValue;
        float[] identity = [.. Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1f : 0f)];
        graph.Initializer.Add(TinyOnnx.Tensor("identity", identity, size, size));
        NodeProto last = graph.Node[^1];
        string result = last.Output[0];
        last.Output[0] = "fast";
        for (int i = 0; i < 50; i++)
        {
            graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { graph.Node[^1].Output[0], "identity" }, Output = { $"slow {i}" } });
        }

        graph.Node[^1].Output[0] = result;
        return model;
    }

    private static void Read(IDataView view, string column) => Assert.AreNotEqual(0, view.GetColumn<float[]>(column).Count());

    private IDataView Transform(IDataView data, int batchSize = 0, int concurrentBatches = 0)
        => Ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Values",
            ModelFile = TinyOnnx.Dense(Row.Size, 3).Save(Folder),
            BatchSize = batchSize,
            ConcurrentBatches = concurrentBatches,
        }).Fit(data).Transform(data);
}
