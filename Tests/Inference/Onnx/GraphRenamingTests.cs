using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class GraphRenamingTests
{
    private static readonly float[] Row = [0.1f, -0.2f, 0.3f];

    [TestMethod]
    [DataRow("Pixels", "Features")]
    [DataRow("y", "x")] // the two change places
    [DataRow("sum", "w")] // names of a tensor in between and of a weight
    [DataRow("x", "b")]
    [DataRow("x", "y")] // nothing to do
    public void The_graph_computes_the_same_under_any_names(string input, string output)
    {
        ModelProto model = TinyOnnx.Dense(3, 2);
        float[] expected = Run(model, "x", "y");
        Rename(model, "x", input, "y", output);
        CollectionAssert.AreEqual(expected, Run(model, input, output));
    }

    [TestMethod]
    public void Names_that_stay_leave_the_bytes_as_they_are()
    {
        ModelProto model = TinyOnnx.Dense(3, 2);
        byte[] before = model.ToByteArray();
        Rename(model, "x", "x", "y", "y");
        CollectionAssert.AreEqual(before, model.ToByteArray());
    }

    [TestMethod]
    public void An_output_that_is_an_input_gets_a_name_of_its_own()
    {
        GraphProto graph = new() { Name = "id", Input = { TinyOnnx.Value("x", true, 3) }, Output = { TinyOnnx.Value("x", true, 3) } };
        ModelProto model = TinyOnnx.Model(graph);
        Rename(model, "x", "In", "x", "Out");
        CollectionAssert.AreEqual(Row, Run(model, "In", "Out"));
    }

    [TestMethod]
    public void Graphs_within_the_graph_follow()
    {
        GraphProto Branch(string op, string name) => new()
        {
            Name = name,
            Node = { new NodeProto { OpType = op, Input = { "x" }, Output = { name } } },
            Output = { TinyOnnx.Value(name, true, 3) },
        };
        TensorProto yes = new() { Name = "yes", DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } };
        NodeProto choice = new()
        {
            OpType = "If",
            Input = { "yes" },
            Output = { "y" },
            Attribute =
            {
                new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = Branch("Neg", "Out") },
                new AttributeProto { Name = "else_branch", Type = AttributeProto.Types.AttributeType.Graph, G = Branch("Abs", "other") },
            },
        };
        GraphProto graph = new()
        {
            Name = "if",
            Node = { choice },
            Initializer = { yes },
            Input = { TinyOnnx.Value("x", true, 3) },
            Output = { TinyOnnx.Value("y", true, 3) },
        };
        ModelProto model = TinyOnnx.Model(graph);
        Rename(model, "x", "In", "y", "Out"); // "Out" is a name in a branch already
        CollectionAssert.AreEqual(Row.Select(v => -v).ToArray(), Run(model, "In", "Out"));
    }

    [TestMethod]
    public void Two_tensors_cannot_have_one_name()
        => Assert.ThrowsExactly<ArgumentException>(() => Rename(TinyOnnx.Dense(3, 2), "x", "same", "y", "same"));

    private static void Rename(ModelProto model, string input, string newInput, string output, string newOutput)
        => GraphRenaming.Rename(
            model.Graph, new Dictionary<string, string> { [input] = newInput }, new Dictionary<string, string> { [output] = newOutput });

    private static float[] Run(ModelProto model, string input, string output)
    {
        using InferenceSession session = new(model.ToByteArray());
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(Row, [1, 3]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, [input], [value], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
