using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxQuantizerTests
{
    private const int Rows = 200;
    private const double Share = 0.05; // of the largest number: two layers of 8 bits on values of 8 bits
    private const double Step = 0.02; // integers round once where floats round twice

    public static IEnumerable<object[]> Networks =>
    [
        ["dense", (Func<Module<Tensor, Tensor>>)(() => Sequential(Linear(20, 30), ReLU(), Linear(30, 10), Sigmoid(), Linear(10, 4))), new long[] { 20 }, new[] { "QGemm" }],
        ["on the last of several axes", (Func<Module<Tensor, Tensor>>)(() => Sequential(Linear(20, 30), Tanh(), Linear(30, 4))), new long[] { 3, 20 }, new[] { "MatMulIntegerToFloat" }],
        ["convolutional", (Func<Module<Tensor, Tensor>>)(() => Sequential(
            Unflatten(1, [1, 8, 8]), Conv2d(1, 4, 3, padding: 1), ReLU(), MaxPool2d(2), Conv2d(4, 6, 3), ReLU(), Flatten(), Linear(24, 5))), new long[] { 64 }, new[] { "QLinearConv", "QGemm" }],
        ["ends in a convolution", (Func<Module<Tensor, Tensor>>)(() => Sequential(Conv1d(2, 4, 3), Tanh(), Conv1d(4, 2, 3))), new long[] { 2, 9 }, new[] { "QLinearConv" }],
    ];

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void OnnxRuntimeMultipliesIntegersAndGivesNearlyTheSame(string name, Func<Module<Tensor, Tensor>> create, long[] shape, string[] operators)
    {
        using TemporaryFolder folder = new();
        using Module<Tensor, Tensor> module = create();
        float[] rows = RandomRows(shape);
        byte[] exact = OnnxExporter.ToBytes(module, shape);
        OnnxQuantization result = OnnxQuantizer.Quantize(folder.Write("model.onnx", exact), rows);
        Assert.IsEmpty(result.Skipped);
        Assert.AreEqual(Rows, result.CalibrationRows);

        string[] fused = Fused(result.Model, folder["fused.onnx"]);
        CollectionAssert.IsSubsetOf(operators, fused, $"{name}: {string.Join(", ", fused)}");
        CollectionAssert.DoesNotContain(fused, "Gemm");
        CollectionAssert.DoesNotContain(fused, "MatMul");
        CollectionAssert.DoesNotContain(fused, "Conv");

        long[] batch = [Rows, .. shape];
        float[] expected = OnnxRun.Run(exact, rows, batch).Values;
        float[] integers = OnnxRun.Run(result.Model, rows, batch).Values;
        float[] floats = OnnxRun.Run(result.Model, GraphOptimizationLevel.ORT_DISABLE_ALL, rows, batch).Values;
        double largest = expected.Max(Math.Abs);
        Assert.IsLessThan(Share * largest, Distance(expected, integers), name);
        Assert.IsGreaterThan(0, Distance(expected, integers), name);
        Assert.IsLessThan(Step * largest, Distance(floats, integers), name);
    }

    [TestMethod]
    public void TheBatchedTransformerTakesAQuantizedModel()
    {
        using TemporaryFolder folder = new();
        string path = TinyOnnx.Dense(6, 3).Save(folder);
        byte[] model = OnnxQuantizer.Quantize(path, RandomRows([6])).Model;
        string quantized = folder.Write("model.int8.onnx", model);
        MLContext ml = new(seed: 1);
        Vector[] rows = [.. Enumerable.Range(0, 10).Select(i => new Vector { Values = [i / 10f, 1, 0, 0.5f, 0.25f, 0.75f] })];
        IDataView scored = ml.Transforms.ApplyOnnxModelBatched("Code", "Values", quantized).Fit(ml.Data.LoadFromEnumerable(rows)).Transform(ml.Data.LoadFromEnumerable(rows));
        float[][] codes = [.. ml.Data.CreateEnumerable<Code>(scored, reuseRowObject: false).Select(c => c.Values)];
        float[] expected = OnnxRun.Run(model, [.. rows.SelectMany(r => r.Values)], rows.Length, 6).Values;
        CollectionAssert.AreEqual(expected, codes.SelectMany(c => c).ToArray());
        StringAssert.Contains(OnnxModelInfo.Read(quantized).Metadata[OnnxQuantizer.MetadataKey], "over 200 rows");
    }

    [TestMethod]
    public void TheLastRowsAreLookedAtWhereTheyFillNoBatch()
    {
        using TemporaryFolder folder = new();
        float[] rows = new float[6 * 65];
        rows[^1] = 51; // alone in the second batch
        byte[] model = OnnxQuantizer.Quantize(
            TinyOnnx.Dense(6, 3).Save(folder), rows, new OnnxQuantizationOptions { Method = CalibrationMethod.MinMax, BatchSize = 64 }).Model;
        TensorProto scale = ModelProto.Parser.ParseFrom(model).Graph.Initializer.Single(tensor => tensor.Name == "x/scale");
        Assert.AreEqual(51 / 255f, BitConverter.ToSingle(scale.RawData.Span));
    }

    [TestMethod]
    public void LayersThatHaveNoIntegerFormStay()
    {
        using TemporaryFolder folder = new();
        ModelProto model = TinyOnnx.Dense(6, 3);
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "alpha", F = 2, Type = AttributeProto.Types.AttributeType.Float });
        model.Graph.Node[0].Name = "doubled";
        model.Graph.Initializer.Add(TinyOnnx.Tensor("v", [1, 2, 3], 3, 1));
        model.Graph.Node.Add(new NodeProto { OpType = "MatMul", Name = "product", Input = { "y", "v" }, Output = { "z" } });
        model.Graph.Output[0] = TinyOnnx.Value("z", true, 1);
        OnnxQuantization result = OnnxQuantizer.Quantize(model.Save(folder), RandomRows([6]));
        CollectionAssert.AreEqual(new[] { "product" }, result.Quantized.ToArray());
        CollectionAssert.AreEqual(new[] { "doubled" }, result.Skipped.ToArray());
    }

    [TestMethod]
    public void LayersThatIntegersWouldEnlargeStay()
    {
        using TemporaryFolder folder = new();
        ModelProto model = TinyOnnx.Dense(6, 3);
        model.Graph.Node[0].Name = "large";
        model.Graph.Initializer.Add(TinyOnnx.Tensor("v", [1, 2, 3], 3, 1));
        model.Graph.Node.Add(new NodeProto { OpType = "MatMul", Name = "small", Input = { "y", "v" }, Output = { "z" } });
        model.Graph.Output[0] = TinyOnnx.Value("z", true, 1);
        OnnxQuantization result = OnnxQuantizer.Quantize(model.Save(folder), RandomRows([6]));
        CollectionAssert.AreEqual(new[] { "large" }, result.Quantized.ToArray());
        CollectionAssert.AreEqual(new[] { "small" }, result.Skipped.ToArray());
    }

    [TestMethod]
    public void ValuesInACircleAreRefused()
    {
        using TemporaryFolder folder = new();
        ModelProto model = TinyOnnx.Dense(6, 3);
        model.Graph.Node[0].Input[0] = "first";
        model.Graph.Node.Insert(0, new NodeProto { OpType = "Flatten", Input = { "second" }, Output = { "first" } });
        model.Graph.Node.Insert(1, new NodeProto { OpType = "Flatten", Input = { "first" }, Output = { "second" } });
        string path = model.Save(folder);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxQuantizer.Quantize(path, RandomRows([6]))).Message, "uses 'second' before it is computed");
    }

    [TestMethod]
    public void NodesThatLeaveOutTheirFirstOutputArePassedOver()
    {
        GraphProto graph = TinyOnnx.Dense(6, 3).Graph;
        graph.Node.Add(new NodeProto { OpType = "MaxPool", Input = { "y" }, Output = { "", "places" } });
        graph.Node.Add(new NodeProto { OpType = "MaxPool", Input = { "y" }, Output = { "", "others" } });
        graph.Node.Add(new NodeProto { OpType = "Gemm", Input = { "y", "w" }, Output = { "" } });
        Assert.AreEqual("sum", QuantizationPlan.Of(graph).Layers.Single().Node.Output[0]);
    }

    [TestMethod]
    public void AModelThatFailsOnTheRowsIsRefused()
    {
        using TemporaryFolder folder = new();
        ModelProto model = TinyOnnx.Dense(6, 3);
        model.Graph.Node[0].Input[0] = "picked";
        model.Graph.Initializer.Add(new TensorProto { Name = "places", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 6 }, Int64Data = { 0, 1, 2, 3, 4, 99 } });
        NodeProto gather = new() { OpType = "Gather", Input = { "x", "places" }, Output = { "picked" } };
        gather.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 1 });
        model.Graph.Node.Insert(0, gather);
        string path = model.Save(folder);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxQuantizer.Quantize(path, RandomRows([6]))).Message, "on the calibration rows");
    }

    [TestMethod]
    public void WhatCannotBeQuantizedIsRefused()
    {
        using TemporaryFolder folder = new();
        (string Sentence, Action<ModelProto> Change)[] cases =
        [
            ("the operator set 12, expected 13", m => m.OpsetImport[0].Version = 12),
            ("nothing to quantize", m => m.Graph.Node.RemoveAt(0)),
            ("the set 'com.foreign'", m => m.Graph.Node[0].Domain = "com.foreign"),
            ("expected one input of floats", m => m.Graph.Input.Add(TinyOnnx.Value("x2", true, 6))),
            ("NaN or infinite number on the calibration rows", m => m.Graph.Initializer[1].FloatData[0] = float.NaN),
        ];
        foreach ((string sentence, Action<ModelProto> change) in cases)
        {
            ModelProto model = TinyOnnx.Dense(6, 5);
            change(model);
            if (model.Graph.Node.Count == 1)
            {
                model.Graph.Node[0].Input[0] = "x";
            }
            // A value behind the layer, so that what it gives is watched.
            if (sentence.StartsWith("NaN", StringComparison.Ordinal))
            {
                model.Graph.Node.Add(new NodeProto { OpType = "Gemm", Input = { "y", "w2" }, Output = { "z" } });
            }

            model.Graph.Initializer.Add(TinyOnnx.Tensor("w2", new float[25], 5, 5));
            string message = Assert.ThrowsExactly<InvalidDataException>(() => OnnxQuantizer.Quantize(model.Save(folder), RandomRows([6]))).Message;
            StringAssert.Contains(message, sentence);
        }

        string good = TinyOnnx.Dense(6, 3).Save(folder, "good.onnx");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => OnnxQuantizer.Quantize(good, new float[7])).Message, "whole rows of 6");
        string twice = folder.Write("int8.onnx", OnnxQuantizer.Quantize(good, RandomRows([6])).Model);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxQuantizer.Quantize(twice, RandomRows([6]))).Message, "quantized already");
    }

    private static float[] RandomRows(long[] shape)
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, Rows * (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextSingle())];
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b).Max(p => Math.Abs(p.First - p.Second));

    // What ONNX Runtime makes of a model when it loads it.
    private static string[] Fused(byte[] model, string path)
    {
        using SessionOptions options = new() { OptimizedModelFilePath = path, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED };
        using (new InferenceSession(model, options))
        {
            return [.. ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph.Node.Select(n => n.OpType)];
        }
    }

    private sealed class Vector
    {
        [Microsoft.ML.Data.VectorType(6)]
        public float[] Values { get; set; } = [];
    }

    private sealed class Code
    {
        [Microsoft.ML.Data.ColumnName("Code")]
        [Microsoft.ML.Data.VectorType(3)]
        public float[] Values { get; set; } = [];
    }
}
