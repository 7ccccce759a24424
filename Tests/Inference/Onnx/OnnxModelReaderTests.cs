using Google.Protobuf;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxModelReaderTests
{
    [TestMethod]
    public void A_model_survives_a_round_trip_with_the_fields_that_nobody_knows()
    {
        byte[] unknown = [0xF8, 0x3F, 0x2A]; // field 1023, the number 42
        byte[] bytes = [.. TinyOnnx.Dense(3, 2).ToByteArray(), .. unknown];
        CollectionAssert.AreEqual(bytes, OnnxModelReader.Read(bytes, "it").ToByteArray());
    }

    [TestMethod]
    public void Every_prefix_of_a_file_is_refused_in_one_sentence_or_whole()
    {
        byte[] bytes = TinyOnnx.Dense(3, 2).ToByteArray();
        int refused = 0;
        for (int n = 0; n < bytes.Length; n++)
        {
            try
            {
                OnnxModelReader.Read(bytes[..n], "cut.onnx");
            }
            catch (InvalidDataException e)
            {
                refused++;
                StringAssert.StartsWith(e.Message, "'cut.onnx' ");
            }
        }

        Assert.IsGreaterThan(bytes.Length * 9 / 10, refused);
    }

    [TestMethod]
    public void A_missing_file_and_a_folder_are_named()
    {
        using TemporaryFolder folder = new();
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => OnnxModelReader.Read(folder["no.onnx"])).Message, "no.onnx");
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => OnnxModelReader.Read(folder.Path)).Message, "is a folder");
    }

    [TestMethod]
    public void Weights_in_other_files_are_refused_wherever_they_hide()
    {
        TensorProto Outside(string name) => new()
        {
            Name = name,
            DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = "/etc/passwd" } },
        };
        NodeProto constant = new() { OpType = "Constant", Output = { "c" }, Attribute = { new AttributeProto { Name = "value", T = Outside("in a node") } } };
        NodeProto branch = new()
        {
            OpType = "If",
            Attribute = { new AttributeProto { Name = "then_branch", G = new GraphProto { Initializer = { Outside("in a branch") } } } },
        };
        Action<ModelProto>[] hide =
        [
            m => m.Graph.Initializer.Add(Outside("in the graph")),
            m => m.Graph.SparseInitializer.Add(new SparseTensorProto { Values = Outside("sparse") }),
            m => m.Graph.Node.Add(constant),
            m => m.Graph.Node.Add(branch),
            m => m.Functions.Add(new FunctionProto { Node = { constant } }),
        ];
        foreach (Action<ModelProto> act in hide)
        {
            ModelProto model = TinyOnnx.Dense(3, 2);
            act(model);
            InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelReader.Read(model.ToByteArray(), "m"));
            StringAssert.Contains(error.Message, "another file");
        }
    }
}
