using static OnnxAE.Inference.Onnx.TensorProto.Types;

namespace OnnxAE.Inference.Onnx;

/// <summary>Lets a model of a fixed batch size take one row: it computes that row as often as its batch is large, and gives it once.</summary>
internal static class SingleRow
{
    /// <summary>Changes inputs and outputs, in place.</summary>
    public static void Wrap(GraphProto graph, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        foreach (string input in inputs)
        {
            string inner = graph.FreshName($"{input}_batch");
            GraphRenaming.Rename(graph, new Dictionary<string, string> { [input] = inner }, new Dictionary<string, string>());
            ValueInfoProto value = graph.Input.First(i => i.Name == inner);
            int rows = checked((int)value.Type.TensorType.Shape.Dim[0].DimValue);
            NodeProto repeat = new()
            {
                OpType = "Concat",
                Name = inner,
                Input = { Enumerable.Repeat(input, rows) },
                Output = { inner },
                Attribute = { new AttributeProto { Name = "axis", I = 0, Type = AttributeProto.Types.AttributeType.Int } },
            };
            graph.Node.Insert(0, repeat);
            value.Name = input;
            value.Type.TensorType.Shape.Dim[0].DimValue = 1;
        }

        string first = graph.FreshName("first");
        graph.Initializer.Add(new TensorProto { Name = first, DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 0 } });
        foreach (string output in outputs)
        {
            string inner = graph.FreshName($"{output}_batch");
            GraphRenaming.Rename(graph, new Dictionary<string, string>(), new Dictionary<string, string> { [output] = inner });
            ValueInfoProto value = graph.Output.First(o => o.Name == inner);
            graph.Node.Add(new NodeProto { OpType = "Gather", Name = output, Input = { inner, first }, Output = { output } });
            value.Name = output;
            value.Type.TensorType.Shape.Dim[0].DimValue = 1;
        }
    }
}
