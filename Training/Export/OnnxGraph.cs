using OnnxAE.Inference;

namespace OnnxAE.Training;

/// <summary>
/// The graph being written. Modules are written one inside the other; nodes are named after the module that they belong
/// to, its path in dots (<c>encoder.features.3/Conv</c>), weights as in TorchSharp's state dictionary
/// (<c>encoder.features.3.weight</c>), and a module's output has the module's path as its name.
/// </summary>
public sealed partial class OnnxGraph
{
    private readonly GraphProto _graph = new();
    private readonly OnnxExportOptions _options;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, string> _finalNames = []; // of values that turned out to be a module's output
    private readonly List<OnnxValue> _values = [];

    internal OnnxGraph(OnnxExportOptions options, IEnumerable<string> reservedNames)
    {
        _options = options;
        _names = [.. reservedNames];
        _graph.Name = options.GraphName;
    }

    /// <summary>The operator set that is written, 13 to 21: operators that came later must be put together from others.</summary>
    public int Opset => _options.Opset;

    /// <summary>Whether modules that do nothing outside training are to be seen in the file.</summary>
    internal bool KeepsTrainingModules => !_options.RemoveTrainingModules;

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operatorType">An operator of the standard set, such as <c>Gemm</c>.</param>
    /// <param name="inputs">In the operator's order; null for an optional one that is left out.</param>
    /// <param name="outputShape">The output's dimensions, the batch included.</param>
    /// <param name="attributes">The operator's attributes.</param>
    /// <returns>The node's output, of the element type of the first input.</returns>
    public OnnxValue Node(string operatorType, IEnumerable<OnnxValue?> inputs, IReadOnlyList<long> outputShape, params IEnumerable<OnnxSetting> attributes)
    {
        OnnxValue?[] given = [.. inputs];
        return Node(operatorType, given, outputShape, given.FirstOrDefault()?.ElementType ?? OnnxElementType.Real, attributes);
    }

    internal OnnxValue Node(
        string operatorType, IEnumerable<OnnxValue?> inputs, IReadOnlyList<long> outputShape, OnnxElementType elementType, IEnumerable<OnnxSetting> attributes)
    {
        RequireIntact(inputs);
        string name = Unique(InModule(operatorType));
        var node = new NodeProto { Name = name, OpType = operatorType, DocString = _options.NodeDescriptions ? _module.Description : "" };
        node.Input.Add(inputs.Select(input => input?.Name ?? ""));
        node.Output.Add(name);
        node.Attribute.Add(attributes.Select(attribute => attribute.Proto));
        _graph.Node.Add(node);
        var output = new OnnxValue(name, outputShape, elementType);
        _values.Add(output);
        return output;
    }

    /// <summary>Declares inputs and outputs, gives every value its last name, and returns the graph.</summary>
    internal GraphProto Finish(IReadOnlyList<OnnxValue> inputs, IReadOnlyList<OnnxValue> outputs, IReadOnlyList<string> outputNames)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            // What is an input, a weight or another output already gets a node of its own, so that it can have the name.
            OnnxValue output = _values.Contains(outputs[i]) && outputs.ToList().IndexOf(outputs[i]) == i
                ? outputs[i]
                : Node("Identity", [outputs[i]], outputs[i].Shape);
            _finalNames[output.Name] = outputNames[i];
            _graph.Output.Add(Declare(outputNames[i], output, isInput: false));
            _values.Remove(output);
        }

        _graph.Input.Add(inputs.Select(input => Declare(input.Name, input, isInput: true)));
        foreach (NodeProto node in _graph.Node)
        {
            Rename(node.Input);
            Rename(node.Output);
        }

        _graph.ValueInfo.Add(_values.Select(value => Declare(_finalNames.GetValueOrDefault(value.Name, value.Name), value, isInput: false)));
        return _graph;
    }

    private void Rename(Google.Protobuf.Collections.RepeatedField<string> references)
    {
        for (int i = 0; i < references.Count; i++)
        {
            references[i] = _finalNames.GetValueOrDefault(references[i], references[i]);
        }
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }

    private ValueInfoProto Declare(string name, OnnxValue value, bool isInput)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(value.Shape.Select((size, axis) => Dimension(size, axis, isInput)));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.ElementType, Shape = shape } },
        };
    }

    // Beyond the batch, a free dimension behind a convolution or a pooling is another number than the input's.
    private TensorShapeProto.Types.Dimension Dimension(long size, int axis, bool isInput) =>
        size != OnnxValue.Free ? new TensorShapeProto.Types.Dimension { DimValue = size }
        : (axis == 0 || isInput) && _options.DynamicAxes.TryGetValue(axis, out string? name) ? new TensorShapeProto.Types.Dimension { DimParam = name }
        : new TensorShapeProto.Types.Dimension();
}
