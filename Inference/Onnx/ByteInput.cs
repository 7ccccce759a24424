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
