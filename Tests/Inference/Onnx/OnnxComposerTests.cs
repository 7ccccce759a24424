using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxComposerTests
{
    private const double Tolerance = 1e-6; // the same nodes in the same order; fusions may differ

    [TestMethod]
    public void TheWholeGivesWhatBothGiveOneBehindTheOther()
    {
        using TemporaryFolder folder = new();
        string encoder = TinyOnnx.Dense(5, 3, "pixels", "code", seed: 1).Save(folder, "encoder.onnx");
        string head = TinyOnnx.Dense(3, 2, "x", "probabilities", seed: 2).Save(folder, "head.onnx");
        byte[] whole = OnnxComposer.Compose(encoder, head);

        float[] rows = [.. Enumerable.Range(0, 20).Select(i => i / 10f)];
        float[] expected = OnnxRun.Run(File.ReadAllBytes(head), OnnxRun.Run(File.ReadAllBytes(encoder), rows, 4, 5).Values, 4, 3).Values;
        (float[] found, long[] shape) = OnnxRun.Run(whole, rows, 4, 5);
        CollectionAssert.AreEqual(new long[] { 4, 2 }, shape);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], Tolerance);
        }

        CollectionAssert.AreEqual(new[] { "pixels" }, Graph(whole).Input.Select(i => i.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "probabilities" }, Graph(whole).Output.Select(i => i.Name).ToArray());
    }

    [TestMethod]
    public void TheSecondsFreeLengthsAreCalledAsInTheFirst()
    {
        using TemporaryFolder folder = new();
        ModelProto second = TinyOnnx.Dense(3, 2, "code", "classes");
        second.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam = "rows";
        second.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam = "rows";
        GraphProto whole = Graph(OnnxComposer.Compose(TinyOnnx.Dense(5, 3).Save(folder, "1.onnx"), second.Save(folder, "2.onnx")));
        Assert.AreEqual("N", whole.Output[0].Type.TensorType.Shape.Dim[0].DimParam);
    }

    [TestMethod]
    public void OutputsAndInputsThatAreNotConnectedStay()
    {
        using TemporaryFolder folder = new();
        ModelProto first = TinyOnnx.Dense(5, 3, "x", "y");
        first.Graph.Output.Add(TinyOnnx.Value("sum", true, 3));
        GraphProto sum = new()
        {
            Name = "sum",
            Input = { TinyOnnx.Value("a", true, 3), TinyOnnx.Value("x", true, 3) },
            Output = { TinyOnnx.Value("y", true, 3) },
            Node = { new NodeProto { OpType = "Add", Input = { "a", "x" }, Output = { "y" } } },
        };
        string path1 = first.Save(folder, "1.onnx"), path2 = TinyOnnx.Model(sum).Save(folder, "2.onnx");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => OnnxComposer.Compose(path1, path2)).Message, "which output goes into which input");

        GraphProto whole = Graph(OnnxComposer.Compose(path1, path2, new Dictionary<string, string> { ["y"] = "a" }));
        CollectionAssert.AreEqual(new[] { "x", "x_1" }, whole.Input.Select(i => i.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "sum", "y_1" }, whole.Output.Select(i => i.Name).ToArray());
        using InferenceSession session = new(OnnxComposer.Compose(path1, path2, new Dictionary<string, string> { ["y"] = "a" }));
    }

    [TestMethod]
    public void AnOlderOperatorSetIsRaisedWhereNothingChangesItsMeaning()
    {
        using TemporaryFolder folder = new();
        ModelProto older = TinyOnnx.Dense(5, 3), newer = TinyOnnx.Dense(3, 2);
        older.OpsetImport[0].Version = 13;
        newer.OpsetImport[0].Version = 18;
        newer.IrVersion = 9;
        var whole = ModelProto.Parser.ParseFrom(OnnxComposer.Compose(older.Save(folder, "1.onnx"), newer.Save(folder, "2.onnx")));
        Assert.AreEqual(18, whole.OpsetImport.Single().Version);
        Assert.AreEqual(9, whole.IrVersion);

        older.Graph.Node.Add(new NodeProto { OpType = "ReduceMean", Input = { "sum" }, Output = { "mean" } });
        string mean = older.Save(folder, "3.onnx");
        StringAssert.Contains(Refusal(mean, folder["2.onnx"]), "ReduceMean may mean something else there");
    }

    [TestMethod]
    public void WhatDoesNotFitIsRefused()
    {
        using TemporaryFolder folder = new();
        string first = TinyOnnx.Dense(5, 3).Save(folder, "first.onnx");
        StringAssert.Contains(Refusal(first, TinyOnnx.Dense(4, 2).Save(folder, "wide.onnx")), "gives 'y': float [N, 3]");
        StringAssert.Contains(Refusal(first, TinyOnnx.Dense(3, 2, isBatchOpen: false).Save(folder, "single.onnx")), "takes 'x': float [1, 3]");
        ModelProto wrongType = TinyOnnx.Dense(3, 2);
        wrongType.Graph.Input[0].OfType(DataType.Double);
        StringAssert.Contains(Refusal(first, wrongType.Save(folder, "double.onnx")), "takes 'x': double [N, 3]");
        ModelProto silent = TinyOnnx.Dense(5, 3);
        silent.Graph.Output[0].Type.TensorType.Shape = null;
        StringAssert.Contains(Refusal(silent.Save(folder, "silent.onnx"), first), "The output 'y' of");
        ArgumentException unknown = Assert.ThrowsExactly<ArgumentException>(() => OnnxComposer.Compose(first, first, new Dictionary<string, string> { ["z"] = "x" }));
        StringAssert.Contains(unknown.Message, "no output 'z'");
    }

    [TestMethod]
    public void WhatWouldHaveToBeTrustedIsRefused()
    {
        using TemporaryFolder folder = new();
        string good = TinyOnnx.Dense(3, 3).Save(folder, "good.onnx");
        (string Sentence, Action<ModelProto> Change)[] cases =
        [
            ("the set 'com.foreign'", m => m.Graph.Node[0].Domain = "com.foreign"),
            ("sparse tensors", m => m.Graph.SparseInitializer.Add(new SparseTensorProto())),
            ("graphs within nodes", m => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto() })),
            ("functions of its own", m => m.Functions.Add(new FunctionProto())),
            ("in another file", m => m.Graph.Initializer[0].DataLocation = DataLocation.External),
            ("expected 9 by its dimensions", m => m.Graph.Initializer[0].FloatData.RemoveAt(0)),
            ("two values 'sum'", m => m.Graph.Node[1].Output[0] = "sum"),
            ("uses 'y' before it is computed", m => m.Graph.Node[0].Input[0] = "y"),
            ("uses 'sum' before it is computed", m => m.Graph.Node.Insert(0, new NodeProto { OpType = "Relu", Input = { "sum" }, Output = { "early" } })),
            ("two values 'x'", m => m.Graph.Node[1].Output[0] = "x"),
            ("the operator set 0", m => m.OpsetImport.Clear()),
        ];
        foreach ((string sentence, Action<ModelProto> change) in cases)
        {
            ModelProto model = TinyOnnx.Dense(3, 3);
            change(model);
            string path = model.Save(folder, "bad.onnx");
            StringAssert.Contains(Refusal(good, path), sentence);
            StringAssert.Contains(Refusal(path, good), sentence);
        }
    }

    private static string Refusal(string first, string second)
        => Assert.ThrowsExactly<InvalidDataException>(() => OnnxComposer.Compose(first, second)).Message;

    private static GraphProto Graph(byte[] model) => ModelProto.Parser.ParseFrom(model).Graph;
}
