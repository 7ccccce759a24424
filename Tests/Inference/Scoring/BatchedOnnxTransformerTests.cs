using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BatchedOnnxTransformerTests : ScoringTest
{
    [TestMethod]
    [DataRow(0, 16)]
    [DataRow(1, 16)]
    [DataRow(15, 16)]
    [DataRow(16, 16)]
    [DataRow(50, 16)]
    [DataRow(7, 1)]
    [DataRow(300, 0)]
    public void Gives_what_the_stock_transformer_gives_row_by_row(int rows, int batchSize)
    {
        string file = TinyOnnx.Dense(Row.Size, 3, "Values", "Code").Save(Folder);
        IDataView data = Row.View(Ml, rows);
        using BatchedOnnxTransformer batched = Batched(file, batchSize).Fit(data);
        IDataView ours = batched.Transform(data);
        IDataView stock = Ml.Transforms.ApplyOnnxModel("Code", "Values", file).Fit(data).Transform(data);

        Assert.AreEqual(stock.GetRowCount(), ours.GetRowCount());
        float[][] found = [.. ours.GetColumn<float[]>("Code")];
        float[][] expected = [.. stock.GetColumn<float[]>("Code")];
        Assert.HasCount(rows, found);
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                Assert.AreEqual(expected[i][k], found[i][k], Rounding);
            }
        }

        CollectionAssert.AreEqual(stock.GetColumn<string>("Name").ToArray(), ours.GetColumn<string>("Name").ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, rows).ToArray(), ours.GetColumn<int>("Number").ToArray());
    }

    [TestMethod]
    [DataRow("dense-30")]
    [DataRow("conv-2")]
    public void A_networks_codes_are_those_of_single_rows(string id)
    {
        using (EncoderNetwork network = ModelCatalog.Get(id).CreateNetwork(1))
        {
            RunGraphs.Write(network, id, Folder.Path);
        }

        byte[] pixels = new byte[200 * 784];
        new Random(1).NextBytes(pixels);
        IDataView data = Ml.Data.LoadFromRows(new RowSet(pixels, [1, 28, 28]));
        float[][] Codes(int batchSize)
        {
            OnnxAutoencoderOptions options = new()
            {
                OutputColumnName = "Code",
                InputColumnName = "Pixels",
                ModelFile = Folder["encoder.onnx"],
                BatchSize = batchSize,
            };
            using BatchedOnnxTransformer encoder = Ml.Transforms.ApplyOnnxEncoder(options).Fit(data);
            float[][] codes = [.. encoder.Transform(data).GetColumn<float[]>("Code")];
            Assert.HasCount(200, codes);
            return codes;
        }

        foreach ((float[] expected, float[] found) in Codes(1).Zip(Codes(0)))
        {
            for (int k = 0; k < expected.Length; k++)
            {
                Assert.AreEqual(expected[k], found[k], Rounding);
            }
        }
    }

    [TestMethod]
    public void The_schema_is_the_stock_transformers_own()
    {
        string file = TinyOnnx.Dense(Row.Size, 3, "Values", "Code").Save(Folder);
        IDataView data = Row.View(Ml, 1);
        static string[] Describe(DataViewSchema schema)
            => [.. schema.Select(c => $"{c.Index} {c.Name} {c.Type} {c.IsHidden} {c.Annotations.Schema.Count}")];
        DataViewSchema stock = Ml.Transforms.ApplyOnnxModel("Code", "Values", file).Fit(data).GetOutputSchema(data.Schema);
        using BatchedOnnxTransformer batched = Batched(file).Fit(data);
        CollectionAssert.AreEqual(Describe(stock), Describe(batched.GetOutputSchema(data.Schema)));
        CollectionAssert.AreEqual(Describe(stock), Describe(batched.Transform(data).Schema));
        Assert.AreEqual("Vector<Single, 1, 3>", stock["Code"].Type.ToString());
    }

    [TestMethod]
    public void A_model_that_takes_one_row_a_call_is_given_one()
    {
        string file = TinyOnnx.Dense(Row.Size, 3, isBatchOpen: false).Save(Folder);
        IDataView data = Row.View(Ml, 5);
        using BatchedOnnxTransformer batched = Batched(file).Fit(data);
        Assert.AreEqual(1, batched.BatchSize);
        float[][] expected = Codes(TinyOnnx.Dense(Row.Size, 3).Save(Folder, "open.onnx"), data);
        float[][] found = [.. batched.Transform(data).GetColumn<float[]>("Code")];
        for (int i = 0; i < 5; i++)
        {
            CollectionAssert.AreEqual(expected[i].Select(v => MathF.Round(v, 5)).ToArray(), found[i].Select(v => MathF.Round(v, 5)).ToArray());
        }
    }

    [TestMethod]
    public void A_column_may_be_replaced_and_the_old_one_is_hidden()
    {
        IDataView data = Row.View(Ml, 3);
        using BatchedOnnxTransformer first = Batched(TinyOnnx.Dense(Row.Size, 3).Save(Folder)).Fit(data);
        IDataView once = first.Transform(data);
        using BatchedOnnxTransformer second = Batched(TinyOnnx.Dense(Row.Size, 3, seed: 2).Save(Folder, "2.onnx")).Fit(once);
        IDataView twice = second.Transform(once);
        Assert.AreEqual(2, twice.Schema.Count(c => c.Name == "Code"));
        CollectionAssert.AreEqual(
            second.Transform(data).GetColumn<float[]>("Code").First(), twice.GetColumn<float[]>("Code").First());
    }

    [TestMethod]
    public void Sparse_vectors_and_vectors_of_any_size_are_read_whole()
    {
        IDataView data = Ml.Data.LoadFromEnumerable(new[]
        {
            new AnyLength { Values = new VBuffer<float>(Row.Size, 1, [0.5f], [2]) },
            new AnyLength { Values = new VBuffer<float>(Row.Size, [0, 0, 0.5f, 0]) },
        });
        using BatchedOnnxTransformer batched = Batched(TinyOnnx.Dense(Row.Size, 3).Save(Folder)).Fit(data);
        float[][] codes = [.. batched.Transform(data).GetColumn<float[]>("Code")];
        CollectionAssert.AreEqual(codes[0], codes[1]);

        IDataView tooLong = Ml.Data.LoadFromEnumerable(new[] { new AnyLength { Values = new VBuffer<float>(2, [1, 2]) } });
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => batched.Transform(tooLong).GetColumn<float[]>("Code").ToArray());
        StringAssert.Contains(error.Message, "'Values', expected 4");
    }

    [TestMethod]
    public void Works_inside_a_chain_and_after_a_shuffle()
    {
        IDataView data = Row.View(Ml, 40);
        IDataView shuffled = Ml.Data.ShuffleRows(data, seed: 4);
        string file = TinyOnnx.Dense(Row.Size, 3).Save(Folder);
        EstimatorChain<NormalizingTransformer> pipeline = Batched(file, 16).Append(Ml.Transforms.NormalizeMeanVariance("Code"));
        TransformerChain<NormalizingTransformer> model = pipeline.Fit(shuffled);
        int[] numbers = [.. model.Transform(shuffled).GetColumn<int>("Number")];
        CollectionAssert.AreEqual(Enumerable.Range(0, 40).ToArray(), numbers.Order().ToArray());
        float[][] codes = Codes(file, data);
        float[][] shuffledCodes = Codes(file, shuffled);
        int[] order = [.. shuffled.GetColumn<int>("Number")];
        for (int i = 0; i < order.Length; i++)
        {
            Assert.AreEqual(codes[order[i]][0], shuffledCodes[i][0], Rounding);
        }
    }

    [TestMethod]
    public void Many_cursors_at_once_give_the_same()
    {
        IDataView data = Row.View(Ml, 500);
        using BatchedOnnxTransformer batched = Batched(TinyOnnx.Dense(Row.Size, 3).Save(Folder), 32).Fit(data);
        IDataView view = batched.Transform(data);
        float[] Sums() => [.. view.GetColumn<float[]>("Code").Select(c => c.Sum())];
        float[] expected = Sums();
        Parallel.For(0, 8, _ => CollectionAssert.AreEqual(expected, Sums()));
    }

    [TestMethod]
    public void Batches_are_smaller_where_a_row_is_heavier_and_the_session_can_be_configured()
    {
        int BatchSizeOf(int inputs, int outputs) => BatchSizeOfModel(TinyOnnx.Dense(inputs, outputs), inputs);

        int BatchSizeOfModel(ModelProto model, int inputs)
        {
            int sessions = 0;
            BatchedOnnxOptions options = new()
            {
                OutputColumnName = "Code",
                InputColumnName = "Pixels",
                ModelFile = model.Save(Folder),
                ConfigureSession = _ => sessions++,
            };
            IDataView pixels = Ml.Data.LoadFromRows(new RowSet(new byte[inputs], [1, 1, inputs]));
            using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxEncoder(options).Fit(pixels);
            Assert.AreEqual(1, sessions);
            return transformer.BatchSize;
        }

        Assert.AreEqual(1024, BatchSizeOf(4, 3));
        Assert.AreEqual(256, BatchSizeOf(784, 30));
        Assert.AreEqual(16, BatchSizeOf(12_000, 10));
        Assert.AreEqual(64, BatchSizeOfModel(Narrowed(TinyOnnx.Dense(784, 2000), 10), 784)); // 784 in and 2000 out within
        Assert.AreEqual(8, BatchSizeOfModel(Narrowed(TinyOnnx.Dense(4, 200_000), 10), 4)); // spills
    }

    [TestMethod]
    [DataRow("dense-30", 128)]
    [DataRow("conv-2", 16)]
    [DataRow("conv-vae-2", 16)]
    public void The_catalogues_networks_get_batches_that_suit_the_caches(string id, int expected)
    {
        using (EncoderNetwork network = ModelCatalog.Get(id).CreateNetwork(1))
        {
            RunGraphs.Write(network, id, Folder.Path);
        }

        IDataView pixels = Ml.Data.LoadFromRows(new RowSet(new byte[784], [1, 28, 28]));
        using BatchedOnnxTransformer encoder = Ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", Folder["encoder.onnx"]).Fit(pixels);
        Assert.AreEqual(expected, encoder.BatchSize);
    }

    // The model with another layer behind it.
    private static ModelProto Narrowed(ModelProto model, int outputs)
    {
        GraphProto graph = model.Graph;
        int size = (int)graph.Output[0].Type.TensorType.Shape.Dim[^1].DimValue;
        graph.Node[^1].Output[0] = "wide";
        graph.Initializer.Add(TinyOnnx.Tensor("narrow", new float[size * outputs], size, outputs));
        graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "wide", "narrow" }, Output = { graph.Output[0].Name } });
        graph.Output[0] = TinyOnnx.Value(graph.Output[0].Name, true, outputs);
        return model;
    }

    private sealed class AnyLength
    {
        public VBuffer<float> Values { get; set; }
    }
}
