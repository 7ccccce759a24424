using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Lets an input take bytes: the graph brings them to the range that it expects, once and for all.</summary>
internal static class ByteInput
{
    /// <summary>Puts the conversion in front of an input of Single or Double, in place.</summary>
    public static void Prepend(ModelProto model, string input, PixelRange range)
    {
        GraphProto graph = model.Graph;
        string inner = graph.FreshName($"{input}_scaled");
        GraphRenaming.Rename(graph, new Dictionary<string, string> { [input] = inner }, new Dictionary<string, string>());
        ValueInfoProto value = graph.Input.First(i => i.Name == inner);
        DataType type = (DataType)value.Type.TensorType.ElemType;
        value.Name = input;
        value.Type.TensorType.ElemType = (int)DataType.Uint8;

        List<NodeProto> nodes = [];
        string last = input;
        Apply("Cast", null);
        nodes[0].Attribute.Add(new AttributeProto { Name = "to", I = (long)type, Type = AttributeProto.Types.AttributeType.Int });

        // As b / 255 * (white - black) + black, leaving out what changes nothing: b / 255 is what readers of images compute.
        float width = range.White - range.Black;
        if (width != byte.MaxValue)
            Apply("Div", byte.MaxValue);
        if (width != 1 && width != byte.MaxValue)
            Apply("Mul", width);
        if (range.Black != 0)
            Apply("Add", range.Black);
        nodes[^1].Output[0] = inner;
        for (int i = 0; i < nodes.Count; i++)
            graph.Node.Insert(i, nodes[i]);

        void Apply(string operation, float? constant)
        {
            string output = graph.FreshName($"{input}_{operation}");
            NodeProto node = new() { OpType = operation, Name = output, Input = { last }, Output = { output } };
            if (constant is { } number)
            {
                TensorProto tensor = new() { Name = graph.FreshName($"{output}_by"), DataType = (int)type };
                if (type == DataType.Double)
                    tensor.DoubleData.Add(number);
                else
                    tensor.FloatData.Add(number);
                graph.Initializer.Add(tensor);
                node.Input.Add(tensor.Name);
            }

            nodes.Add(node);
            last = output;
        }
    }
}

/// <summary>
/// Lets a model compute the mean squared error of what it makes of its input, as an output of its own: what a high value
/// says of a row is that the model has not seen its like.
/// </summary>
internal static class ErrorOutput
{
    private const long ReduceMeanTakesAxesAsInput = 18; // operator set

    /// <summary>Adds the output [N, 1], in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">An input of Single or Double.</param>
    /// <param name="output">An output of the same type and size.</param>
    /// <param name="name">Name of the new output.</param>
    public static void Append(ModelProto model, string input, string output, string name)
    {
        GraphProto graph = model.Graph;
        ValueInfoProto of = graph.Output.First(o => o.Name == output);
        GraphRenaming.MakeRoom(graph, name);
        string expected = Apply("Flatten", input); // [N, values]: the two may have different shapes
        string found = Apply("Flatten", output);
        string difference = Apply("Sub", found, expected);
        string square = Apply("Mul", difference, difference);
        NodeProto mean = new()
        {
            OpType = "ReduceMean",
            Name = name,
            Input = { square },
            Output = { name },
            Attribute = { new AttributeProto { Name = "keepdims", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
        };
        if (model.OpsetImport.Any(o => o.Domain is "" or "ai.onnx" && o.Version >= ReduceMeanTakesAxesAsInput))
        {
            string axes = graph.FreshName("axes");
            graph.Initializer.Add(new TensorProto { Name = axes, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 1 }, Int64Data = { 1 } });
            mean.Input.Add(axes);
        }
        else
        {
            mean.Attribute.Add(new AttributeProto { Name = "axes", Ints = { 1 }, Type = AttributeProto.Types.AttributeType.Ints });
        }

        graph.Node.Add(mean);
        TensorShapeProto shape = new() { Dim = { of.Type.TensorType.Shape.Dim[0].Clone(), new TensorShapeProto.Types.Dimension { DimValue = 1 } } };
        graph.Output.Add(new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = of.Type.TensorType.ElemType, Shape = shape } },
        });

        string Apply(string operation, params string[] inputs)
        {
            string result = graph.FreshName($"{name}_{operation}");
            graph.Node.Add(new NodeProto { OpType = operation, Name = result, Input = { inputs }, Output = { result } });
            return result;
        }
    }
}

/// <summary>Lets a classifier name the class of the highest score, as an output of texts of its own.</summary>
internal static class LabelOutput
{
    /// <summary>Adds the output [N], in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scores">An output [N, classes]; of equal scores the first counts.</param>
    /// <param name="names">What the classes are called.</param>
    /// <param name="output">Name of the new output.</param>
    public static void Append(ModelProto model, string scores, IReadOnlyList<string> names, string output)
    {
        GraphProto graph = model.Graph;
        ValueInfoProto of = graph.Output.First(o => o.Name == scores);
        GraphRenaming.MakeRoom(graph, output);
        TensorProto texts = new() { Name = graph.FreshName("classes"), DataType = (int)DataType.String, Dims = { names.Count } };
        texts.StringData.Add(names.Select(ByteString.CopyFromUtf8));
        graph.Initializer.Add(texts);
        string best = graph.FreshName($"{output}_index");
        graph.Node.Add(new NodeProto
        {
            OpType = "ArgMax",
            Name = best,
            Input = { scores },
            Output = { best },
            Attribute = { Integer("axis", 1), Integer("keepdims", 0) },
        });
        graph.Node.Add(new NodeProto { OpType = "Gather", Name = output, Input = { texts.Name, best }, Output = { output }, Attribute = { Integer("axis", 0) } });
        graph.Output.Add(new ValueInfoProto
        {
            Name = output,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = (int)DataType.String,
                    Shape = new TensorShapeProto { Dim = { of.Type.TensorType.Shape.Dim[0].Clone() } },
                },
            },
        });
    }

    private static AttributeProto Integer(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };
}
