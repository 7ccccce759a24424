using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxAE.Inference.Onnx;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Collects nodes and weights of the graph being written. Names follow the modules' paths, so a viewer shows where a node comes from.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto graph;

    /// <summary>Starts an empty graph.</summary>
    public GraphBuilder(string name) => graph = new GraphProto { Name = name };

    /// <summary>Adds a node with one output and returns that output.</summary>
    /// <param name="operatorType">An operator of the standard set, such as <c>Gemm</c>.</param>
    /// <param name="path">The module's path, the node's name.</param>
    /// <param name="inputs">Names of values and initializers, in the operator's order.</param>
    /// <param name="outputShape">The output's dimensions behind the batch dimension.</param>
    /// <param name="attributes">The operator's attributes.</param>
    public GraphValue AddNode(
        string operatorType, string path, IEnumerable<string> inputs, IReadOnlyList<long> outputShape, params IEnumerable<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = path, OpType = operatorType };
        node.Input.Add(inputs);
        node.Output.Add($"{path}/output");
        node.Attribute.Add(attributes);
        graph.Node.Add(node);
        return new GraphValue(node.Output[0], outputShape);
    }

    /// <summary>Adds a weight, as raw little-endian bytes, and returns its name.</summary>
    public string AddInitializer(string name, Tensor values)
    {
        using var scope = NewDisposeScope();
        Tensor dense = values.detach().cpu().to_type(ScalarType.Float32).contiguous();
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float, RawData = ByteString.CopyFrom(dense.bytes) };
        tensor.Dims.Add(dense.shape);
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Adds whole numbers, such as a target shape, and returns their name.</summary>
    public string AddInitializer(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values)) };
        tensor.Dims.Add(values.Length);
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A whole-number attribute.</summary>
    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>Declares the input and the output, gives the output its name, and returns the graph.</summary>
    public GraphProto Finish(GraphValue input, GraphValue output, string outputName)
    {
        // A chain of modules that only pass values on leaves no node to name: an Identity makes the graph valid.
        GraphValue last = output.Name == input.Name ? AddNode("Identity", "identity", [input.Name], input.Shape) : output;
        NodeProto producer = graph.Node.Single(n => n.Output.Contains(last.Name));
        producer.Output[0] = outputName;
        graph.Input.Add(Declare(input.Name, input.Shape));
        graph.Output.Add(Declare(outputName, last.Shape));
        return graph;
    }

    private static ValueInfoProto Declare(string name, IReadOnlyList<long> shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = OnnxNames.Batch });
        dimensions.Dim.Add(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions } },
        };
    }
}
