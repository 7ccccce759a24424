using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using DataType = OnnxAE.Inference.TensorProto.Types.DataType;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BatchedOnnxTypesTests : ScoringTest
{
    [TestMethod]
    public void Values_of_every_type_go_in_and_come_out()
    {
        IDataView data = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Numbers
        {
            Singles = [i, -i],
            Doubles = [i + 0.5, i],
            Bytes = [(byte)i, 255],
            Integers = [i, -i],
            Longs = [i * 10_000_000_000L, -1],
            Flags = [i % 2 == 0, true],
            One = i,
        }));
        (string Column, DataType Type, int Size)[] columns =
        [
            (nameof(Numbers.Singles), DataType.Float, 2),
            (nameof(Numbers.Doubles), DataType.Double, 2),
            (nameof(Numbers.Bytes), DataType.Uint8, 2),
            (nameof(Numbers.Integers), DataType.Int32, 2),
            (nameof(Numbers.Longs), DataType.Int64, 2),
            (nameof(Numbers.Flags), DataType.Bool, 2),
            (nameof(Numbers.One), DataType.Int32, 1),
        ];
        GraphProto graph = new() { Name = "copies" };
        foreach ((string column, DataType type, int size) in columns)
        {
            graph.Input.Add(TinyOnnx.Value(column, true, size).OfType(type));
            graph.Output.Add(TinyOnnx.Value($"{column}Copy", true, size).OfType(type));
            graph.Node.Add(new NodeProto { OpType = "Identity", Input = { column }, Output = { $"{column}Copy" } });
        }

        string[] inputs = [.. columns.Select(c => c.Column)];
        string[] outputs = [.. columns.Select(c => $"{c.Column}Copy")];
        string file = TinyOnnx.Model(graph).Save(Folder);
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxModelBatched(outputs, inputs, file).Fit(data);
        IDataView view = transformer.Transform(data);
        AssertCopied<float>(view, nameof(Numbers.Singles));
        AssertCopied<double>(view, nameof(Numbers.Doubles));
        AssertCopied<byte>(view, nameof(Numbers.Bytes));
        AssertCopied<int>(view, nameof(Numbers.Integers));
        AssertCopied<long>(view, nameof(Numbers.Longs));
        AssertCopied<bool>(view, nameof(Numbers.Flags));
        CollectionAssert.AreEqual(view.GetColumn<int>("One").ToArray(), view.GetColumn<int[]>("OneCopy").Select(v => v[0]).ToArray());

        DataViewSchema stock = Ml.Transforms.ApplyOnnxModel(outputs, inputs, file).Fit(data).GetOutputSchema(data.Schema);
        Assert.AreEqual(stock.ToString(), view.Schema.ToString());
        CollectionAssert.AreEqual(stock.Select(c => c.Type.ToString()).ToArray(), view.Schema.Select(c => c.Type.ToString()).ToArray());
        var chain = Ml.Transforms.ApplyOnnxModelBatched(outputs, inputs, file).Append(Ml.Transforms.CopyColumns("Again", "LongsCopy")).Fit(data);
        Assert.AreEqual(view.Schema["LongsCopy"].Type, chain.GetOutputSchema(data.Schema)["Again"].Type);
    }

    [TestMethod]
    public void An_output_without_a_column_is_not_computed()
    {
        ModelProto model = TinyOnnx.Dense(Row.Size, 3);
        model.Graph.Output.Add(TinyOnnx.Value("failing", true, 1)); // takes the 100th of three
        model.Graph.Initializer.Add(new TensorProto { Name = "place", DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 99 } });
        model.Graph.Node.Add(new NodeProto { OpType = "Gather", Input = { "sum", "place" }, Output = { "failing" }, Attribute = { new AttributeProto { Name = "axis", I = 1, Type = AttributeProto.Types.AttributeType.Int } } });
        string file = model.Save(Folder);
        IDataView data = Row.View(Ml, 10);
        using BatchedOnnxTransformer one = Ml.Transforms.ApplyOnnxModelBatched(["y"], ["Values"], file).Fit(data);
        Assert.AreEqual(10, one.Transform(data).GetColumn<float[]>("y").Count());
        using BatchedOnnxTransformer both = Ml.Transforms.ApplyOnnxModelBatched(["y", "failing"], ["Values"], file).Fit(data);
        Assert.ThrowsExactly<InvalidOperationException>(() => both.Transform(data).GetColumn<float[]>("y").Count());
    }

    [TestMethod]
    public void Outputs_that_are_not_read_are_not_fetched()
    {
        ModelProto model = TinyOnnx.Dense(Row.Size, 3);
        model.Graph.Output.Add(TinyOnnx.Value("broken", true, 3)); // a sum over the batch: not as many rows as it says
        model.Graph.Initializer.Add(new TensorProto { Name = "axes", DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 0 } });
        model.Graph.Node.Add(new NodeProto { OpType = "ReduceSum", Input = { "sum", "axes" }, Output = { "broken" } });
        IDataView data = Row.View(Ml, 10);
        using BatchedOnnxTransformer transformer = Ml.Transforms
            .ApplyOnnxModelBatched(["Code", "Broken"], ["Values"], model.Save(Folder)).Fit(data);
        IDataView view = transformer.Transform(data);
        Assert.AreEqual(10, view.GetColumn<float[]>("Code").Count());
        Assert.ThrowsExactly<InvalidOperationException>(() => view.GetColumn<float[]>("Broken").Count());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(21)]
    public void A_fixed_batch_is_filled_up_and_saved_as_a_model_of_one_row(int rows)
    {
        const int Batch = 8;
        ModelProto model = TinyOnnx.Dense(Row.Size, 3);
        foreach (ValueInfoProto value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = Batch };
        }

        IDataView data = Row.View(Ml, rows);
        using BatchedOnnxTransformer expected = Ml.Transforms.ApplyOnnxEncoder("Code", "Values", TinyOnnx.Dense(Row.Size, 3).Save(Folder, "free.onnx")).Fit(data);
        using BatchedOnnxTransformer found = Ml.Transforms.ApplyOnnxEncoder("Code", "Values", model.Save(Folder)).Fit(data);
        Assert.AreEqual(Batch, found.BatchSize);
        AssertClose(expected.Transform(data), found.Transform(data), "Code");

        Ml.Model.Save(found, data.Schema, Folder["model.zip"]);
        AssertClose(expected.Transform(data), Ml.Model.Load(Folder["model.zip"], out _).Transform(data), "Code");
        ITransformer batched = Ml.Model.LoadWithBatchedOnnx(Folder["model.zip"], out _);
        Assert.AreEqual(Batch, ((BatchedOnnxTransformer)batched).BatchSize);
        AssertClose(expected.Transform(data), batched.Transform(data), "Code");
    }

    [TestMethod]
    public void Columns_that_do_not_fit_the_tensors_are_refused()
    {
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Ml.Transforms.ApplyOnnxModelBatched(["A", "B"], ["Values"], file)).Message, "has 1 outputs (y)");
        Assert.ThrowsExactly<ArgumentException>(() => Ml.Transforms.ApplyOnnxModelBatched(["Values"], ["Values"], file));
        ModelProto mixed = TinyOnnx.Dense(Row.Size, 3);
        mixed.Graph.Output[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 3 };
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Ml.Transforms.ApplyOnnxEncoder("Code", "Values", mixed.Save(Folder))).Message, "one batch dimension");
    }

    private static void AssertCopied<T>(IDataView view, string column)
    {
        T[][] expected = [.. view.GetColumn<T[]>(column)];
        T[][] found = [.. view.GetColumn<T[]>($"{column}Copy")];
        Assert.HasCount(50, found);
        for (int i = 0; i < expected.Length; i++)
        {
            CollectionAssert.AreEqual(expected[i], found[i]);
        }
    }

    private static void AssertClose(IDataView expected, IDataView found, string column)
    {
        float[][] wanted = [.. expected.GetColumn<float[]>(column)];
        float[][] got = [.. found.GetColumn<float[]>(column)];
        Assert.HasCount(wanted.Length, got);
        for (int i = 0; i < wanted.Length; i++)
        {
            for (int k = 0; k < wanted[i].Length; k++)
            {
                Assert.AreEqual(wanted[i][k], got[i][k], 1e-6f);
            }
        }
    }

    private sealed class Numbers
    {
        [VectorType(2)]
        public float[] Singles { get; set; } = [];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [];

        [VectorType(2)]
        public byte[] Bytes { get; set; } = [];

        [VectorType(2)]
        public int[] Integers { get; set; } = [];

        [VectorType(2)]
        public long[] Longs { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        public int One { get; set; }
    }
}
