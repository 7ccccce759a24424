using OnnxAE.Inference;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ShapeInferenceTests
{
    [TestMethod]
    [DataRow(new long[] { 0, 1, 28, 28 }, "[N, 1, 28, 28]")]
    [DataRow(new long[] { 0, -1 }, "[N, 784]")]
    [DataRow(new long[] { -1, 784 }, "[N, 784]")]
    [DataRow(new long[] { -1, 28 }, "[?, 28]")]
    [DataRow(new long[] { -1 }, "[?]")]
    [DataRow(new long[] { 0, 2, -1, 14 }, "[N, 2, 28, 14]")]
    public void ReshapeKeepsTheFreeLengthsThatStayWhole(long[] target, string expected)
    {
        GraphProto graph = Graph("Reshape", TinyOnnx.Value("x", true, 784), Integers(target));
        StringAssert.Contains(ShapeInference.Infer(graph, "it")["y"].ToString(), expected);
    }

    [TestMethod]
    public void LengthsThatAShapeGivesAreFollowed()
    {
        GraphProto graph = Graph("Reshape", TinyOnnx.Value("x", true, 12), null);
        graph.Input.Add(TinyOnnx.Value("like", true, 3, 4));
        graph.Node.Insert(0, new NodeProto { OpType = "Shape", Input = { "like" }, Output = { "target" } });
        Assert.AreEqual("float [N, 3, 4]", ShapeInference.Infer(graph, "it")["y"].ToString());
    }

    [TestMethod]
    [DataRow("Reshape", new long[] { 0, 5 }, "makes rows")]
    [DataRow("Reshape", new long[] { 0, 0, 0 }, "copies the length of axis 2")]
    [DataRow("Reshape", new long[] { -2, 2 }, "makes a length below -1")]
    [DataRow("Pad", new long[] { 0, -20, 0, 0 }, "takes away more than there is")]
    [DataRow("Pad", new long[] { 0, 1 }, "2 pads for 2 axes")]
    [DataRow("Concat", new long[] { 1 }, "joins along axis")]
    [DataRow("MatMul", new long[] { 1, 2 }, "multiplies rows of 12 with columns of 2")]
    public void ANodeThatDoesNotFitIsNamed(string operatorType, long[] numbers, string sentence)
    {
        if (operatorType == "Reshape" && numbers[^1] == 5)
            numbers = [5, -1];
        GraphProto graph = Graph(operatorType, TinyOnnx.Value("x", false, 12), Integers(numbers));
        string message = Assert.ThrowsExactly<InvalidDataException>(() => ShapeInference.Infer(graph, "it")).Message;
        StringAssert.StartsWith(message, $"The node 'y' ({operatorType}) of 'it', which gets float [1, 12]");
        StringAssert.Contains(message, sentence);
        Assert.IsFalse(ShapeInference.Infer(graph, "it", isLenient: true).ContainsKey("y"));
    }

    [TestMethod]
    public void AxesThatDoubleFromNodeToNodeAreRefused()
    {
        GraphProto graph = new() { Input = { TinyOnnx.Value("x", true, 12) } };
        graph.Node.Add(Enumerable.Range(0, 60).Select(_ => new NodeProto { OpType = "Gather", Input = { "x", "x" }, Output = { "x" } }));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ShapeInference.Infer(graph, "it")).Message, "more than 64 axes");
        Assert.IsLessThanOrEqualTo(64, ShapeInference.Infer(graph, "it", isLenient: true)["x"].Rank);
    }

    [TestMethod]
    public void AShapeOfTooManyAxesIsRefused()
    {
        GraphProto graph = Graph("Reshape", TinyOnnx.Value("x", true, 12), Integers([.. Enumerable.Repeat(1L, 65)]));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ShapeInference.Infer(graph, "it")).Message, "more than 64 axes");
    }

    [TestMethod]
    [DataRow("kernel_shape")]
    [DataRow("output_shape")]
    public void ATransposedConvolutionOfOtherAxesIsRefused(string setting)
    {
        GraphProto graph = Graph("ConvTranspose", TinyOnnx.Value("x", true, 1, 4, 4), TinyOnnx.Tensor("target", new float[9], 1, 1, 3, 3));
        graph.Node[0].Attribute.Add(new AttributeProto { Name = setting, Type = AttributeProto.Types.AttributeType.Ints, Ints = { 3 } });
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ShapeInference.Infer(graph, "it")).Message, "of other axes");
    }

    [TestMethod]
    [DataRow(0, -1, -9, -1, 0)]
    [DataRow(5, -1, -9, -2, 3)]
    [DataRow(5, 0, 9, long.MaxValue, 1)]
    [DataRow(5, 3, 1, 1, 0)]
    public void ASliceHasAsManyNumbersAsStepsLieBetweenItsEnds(int size, long start, long end, long step, long expected)
    {
        GraphProto graph = Graph("Slice", TinyOnnx.Value("x", true, size), Integers([start]));
        graph.Node[0].Input.Add(["end", "axis", "step"]);
        foreach ((string name, long number) in new[] { ("end", end), ("axis", 1), ("step", step) })
            graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { number } });
        Assert.AreEqual($"float [N, {expected}]", ShapeInference.Infer(graph, "it")["y"].ToString());
    }

    [TestMethod]
    public void BehindAnUnknownOperatorNothingIsClaimed()
    {
        GraphProto graph = Graph("Relu", TinyOnnx.Value("x", true, 12), null);
        graph.Node[0].Domain = "com.foreign";
        graph.Node[0].Input.RemoveAt(1);
        graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "z" } });
        IReadOnlyDictionary<string, ValueShape> shapes = ShapeInference.Infer(graph, "it");
        CollectionAssert.AreEquivalent(new[] { "x" }, shapes.Keys.ToArray());
    }

    private static GraphProto Graph(string operatorType, ValueInfoProto input, TensorProto? second)
    {
        GraphProto graph = new() { Input = { input }, Node = { new NodeProto { OpType = operatorType, Input = { "x", "target" }, Output = { "y" } } } };
        if (second is not null)
            graph.Initializer.Add(second);
        return graph;
    }

    private static TensorProto Integers(long[] values)
        => new() { Name = "target", DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } };
}
