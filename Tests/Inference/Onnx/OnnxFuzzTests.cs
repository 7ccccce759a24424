using System.Text;
using Google.Protobuf;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxFuzzTests
{
    private const int Files = 600;

    [TestMethod]
    public void DamagedFilesAreRefusedInASentenceOrWork()
    {
        using TemporaryFolder folder = new();
        string good = TinyOnnx.Dense(3, 3).Save(folder, "good.onnx");
        byte[] bytes = Sample().ToByteArray();
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < Files; i++)
        {
            string path = folder.Write("damaged.onnx", Damage(bytes, random));
            string input = "x", output = "flat"; // as far as the file still has them
            refused += Try(() =>
            {
                OnnxModelInfo info = OnnxModelInfo.Read(path);
                input = info.Inputs.Count > 0 ? info.Inputs[0].Name : throw new InvalidDataException("No inputs.");
                output = info.Outputs[0].Name;
            });
            refused += Try(() => OnnxComposer.Compose(path, good, new Dictionary<string, string> { [output] = "x" }));
            refused += Try(() => OnnxComposer.Compose(good, path, new Dictionary<string, string> { ["y"] = input }));
            refused += Try(() => OnnxEncoders.MirrorAverage(path));
            refused += Try(() => OnnxEncoders.Concatenate([good, path]));
            refused += Try(() => OnnxRenamer.Rename(path, new Dictionary<string, string> { [input] = "another" }, new Dictionary<string, string>()));
        }

        Assert.IsGreaterThan(Files, refused);
        Assert.IsLessThan(6 * Files, refused);
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        byte[] damaged = [.. bytes];
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(10) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    private static int Try(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (InvalidDataException e)
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(e.Message));
            return 1;
        }
    }

    // Operators that read numbers out of the file: the more there is to be damaged.
    private static ModelProto Sample()
    {
        ModelProto model = TinyOnnx.Dense(3, 3);
        GraphProto graph = model.Graph;
        graph.Initializer.Add(Integers("shape", 0, 1, 3));
        graph.Initializer.Add(Integers("pads", 0, 0, 1, 0, 0, 1));
        graph.Initializer.Add(TinyOnnx.Tensor("kernel", [1, 2, 3], 1, 1, 3));
        graph.Node.Add(new NodeProto { OpType = "Reshape", Input = { "y", "shape" }, Output = { "maps" } });
        graph.Node.Add(new NodeProto { OpType = "Pad", Input = { "maps", "pads" }, Output = { "padded" } });
        NodeProto conv = new() { OpType = "Conv", Input = { "padded", "kernel" }, Output = { "convolved" } };
        conv.Attribute.Add(new AttributeProto { Name = "strides", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1 } });
        conv.Attribute.Add(new AttributeProto { Name = "auto_pad", Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFrom("NOTSET", Encoding.ASCII) });
        graph.Node.Add(conv);
        graph.Initializer.Add(Integers("ends", -9));
        graph.Initializer.Add(Integers("last", -1));
        NodeProto transposed = new() { OpType = "ConvTranspose", Input = { "convolved", "kernel" }, Output = { "transposed" } };
        transposed.Attribute.Add(new AttributeProto { Name = "kernel_shape", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 3 } });
        transposed.Attribute.Add(new AttributeProto { Name = "pads", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1, 1 } });
        graph.Node.Add(transposed);
        graph.Node.Add(new NodeProto { OpType = "Slice", Input = { "transposed", "last", "ends", "last", "last" }, Output = { "reversed" } });
        graph.Node.Add(new NodeProto { OpType = "Flatten", Input = { "reversed" }, Output = { "flat" } });
        graph.Output[0] = TinyOnnx.Value("flat", true, 3);
        return model;
    }

    private static TensorProto Integers(string name, params long[] values)
        => new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { values.Length }, Int64Data = { values } };
}
