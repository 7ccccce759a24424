namespace OnnxAE.Inference;

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
