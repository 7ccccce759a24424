using Google.Protobuf;

namespace OnnxAE.Inference;

/// <summary>Makes one ONNX model of two, the second behind the first: encoder and classifier, encoder and decoder.</summary>
public static class OnnxComposer
{
    /// <summary>Puts one file behind another.</summary>
    /// <param name="first">The file whose outputs are handed on.</param>
    /// <param name="second">The file whose inputs take them.</param>
    /// <param name="connections">
    /// Which output of the first goes into which input of the second, by name; null where the first has one output and
    /// the second one input. What is not connected stays an output or an input of the whole.
    /// </param>
    /// <returns>
    /// The whole model's bytes. Names of the first stay; one of the second that the first has too gets a number behind it.
    /// Of two operator sets the higher is taken, and the higher format version.
    /// </returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, holds what would have to be trusted (operators of other sets, sparse tensors, graphs within
    /// nodes), does not fit the other in the type or shape that it declares, or has an operator set that can't be raised to the other's.
    /// </exception>
    /// <exception cref="ArgumentException">There is no output or input of a name, or it is not clear what belongs together.</exception>
    public static byte[] Compose(string first, string second, IReadOnlyDictionary<string, string>? connections = null)
    {
        ModelProto head = OnnxModelReader.Read(first), tail = OnnxModelReader.Read(second);
        return Compose(head, first, tail, second, connections).ToByteArray();
    }

    internal static ModelProto Compose(ModelProto first, string firstSource, ModelProto second, string secondSource, IReadOnlyDictionary<string, string>? connections)
    {
        ForeignModel.Require(first, firstSource, "composed");
        ForeignModel.Require(second, secondSource, "composed");
        long opset = Math.Max(first.StandardOpset(), second.StandardOpset());
        OpsetLifting.Lift(first, opset, firstSource);
        OpsetLifting.Lift(second, opset, secondSource);
        connections ??= OnlyConnection(first.Graph, firstSource, second.Graph, secondSource);
        IReadOnlyDictionary<string, string> names = SizeNames(first.Graph, firstSource, second.Graph, secondSource, connections);

        GraphMerging.Append(first.Graph, second.Graph, connections, names);
        first.IrVersion = Math.Max(first.IrVersion, second.IrVersion);
        first.DocString = string.Join(" Behind it: ", new[] { first.DocString, second.DocString }.Where(d => d.Length > 0));
        MergeMetadata(first, second);
        SignedByUs(first);
        return first;
    }

    /// <summary>Says in a model who wrote it.</summary>
    internal static void SignedByUs(ModelProto model)
    {
        model.ProducerName = "OnnxAE";
        model.ProducerVersion = typeof(OnnxComposer).Assembly.GetName().Version!.ToString(3);
    }

    private static Dictionary<string, string> OnlyConnection(GraphProto first, string firstSource, GraphProto second, string secondSource)
    {
        string[] outputs = [.. first.Output.Select(o => o.Name)], inputs = [.. second.FreeInputs().Select(i => i.Name)];
        return outputs.Length == 1 && inputs.Length == 1
            ? new() { [outputs[0]] = inputs[0] }
            : throw new ArgumentException(
                $"'{firstSource}' gives {string.Join(", ", outputs)} and '{secondSource}' takes {string.Join(", ", inputs)}, expected one and one: say which output goes into which input.");
    }

    // Compares what is handed on; what the second calls a free length is what it has in the first.
    private static Dictionary<string, string> SizeNames(
        GraphProto first, string firstSource, GraphProto second, string secondSource, IReadOnlyDictionary<string, string> connections)
    {
        Dictionary<string, string> names = [];
        if (connections.Values.Distinct().Count() != connections.Count || connections.Count == 0)
        {
            throw new ArgumentException("Every input takes one output, and at least one must be named.");
        }

        foreach ((string from, string to) in connections)
        {
            OnnxTensorInfo given = Find(first.Output, from, "output", firstSource), taken = Find(second.FreeInputs(), to, "input", secondSource);
            if (given.Contradicts(taken) || given.Shape.Zip(taken.Shape).Any(p => p.First.Size is null && p.Second.Size is not null))
            {
                throw new InvalidDataException($"'{firstSource}' gives '{from}': {given.Description}, but '{secondSource}' takes '{to}': {taken.Description}; expected the same type and shape.");
            }

            foreach ((string called, string has) in given.NamesOf(taken))
            {
                names[called] = has;
            }
        }

        return names;

        static OnnxTensorInfo Find(IEnumerable<ValueInfoProto> values, string name, string role, string source)
        {
            ValueInfoProto value = values.FirstOrDefault(v => v.Name == name)
                ?? throw new ArgumentException($"'{source}' has no {role} '{name}', expected one of {string.Join(", ", values.Select(v => v.Name))}.");
            return value.Type?.TensorType?.Shape is not null ? OnnxTensorInfo.Of(value)
                : throw new InvalidDataException($"The {role} '{name}' of '{source}' has no shape, expected one that can be compared: export the model with it.");
        }
    }

    // What both say of themselves; where they differ, one behind the other. What pixels are is the first one's to say.
    private static void MergeMetadata(ModelProto first, ModelProto second)
    {
        foreach (StringStringEntryProto entry in second.MetadataProps.Where(e => e.Key != PixelRange.Key))
        {
            StringStringEntryProto? same = first.MetadataProps.FirstOrDefault(e => e.Key == entry.Key);
            if (same is null)
            {
                first.MetadataProps.Add(entry);
            }
            else if (same.Value != entry.Value)
            {
                same.Value = $"{same.Value} + {entry.Value}";
            }
        }
    }
}

/// <summary>Puts the nodes of one graph behind those of another.</summary>
internal static class GraphMerging
{
    /// <summary>Adds a graph to another in place; neither has graphs within it.</summary>
    /// <param name="graph">The graph that grows.</param>
    /// <param name="tail">What is added; its parts are taken over.</param>
    /// <param name="connections">Outputs of the one by name, with the inputs of the other that take them.</param>
    /// <param name="sizeNames">Free lengths of the second with the names that they have in the first.</param>
    public static void Append(GraphProto graph, GraphProto tail, IReadOnlyDictionary<string, string> connections, IReadOnlyDictionary<string, string> sizeNames)
    {
        Dictionary<string, string> names = connections.ToDictionary(c => c.Value, c => c.Key);
        HashSet<string> taken = [.. NameScope.NamesIn(graph)], own = [.. NameScope.NamesIn(tail)];
        NameScope values = new(taken.Concat(own)), nodes = new(graph.Node.Select(n => n.Name));
        foreach (string name in own.Where(n => n.Length > 0 && taken.Contains(n) && !names.ContainsKey(n)).ToArray())
        {
            names.Add(name, values.Fresh(name));
        }

        GraphRenaming.RenameAll(tail, names);
        foreach (NodeProto node in tail.Node.Where(n => n.Name.Length > 0))
        {
            node.Name = nodes.Fresh(node.Name);
        }

        foreach (ValueInfoProto value in tail.Input.Concat(tail.Output).Concat(tail.ValueInfo))
        {
            foreach (TensorShapeProto.Types.Dimension dimension in value.Type?.TensorType?.Shape?.Dim ?? [])
            {
                if (dimension.HasDimParam && sizeNames.TryGetValue(dimension.DimParam, out string? name))
                {
                    dimension.DimParam = name;
                }
            }
        }

        HashSet<string> results = [.. tail.Output.Select(o => o.Name)];
        foreach (ValueInfoProto output in graph.Output.Where(o => connections.ContainsKey(o.Name)).ToArray())
        {
            graph.Output.Remove(output); // it is handed on
            if (!results.Contains(output.Name))
            {
                graph.ValueInfo.Add(output);
            }
        }

        graph.Node.Add(tail.Node);
        graph.Initializer.Add(tail.Initializer);
        graph.QuantizationAnnotation.Add(tail.QuantizationAnnotation);
        graph.Input.Add(tail.Input.Where(i => !connections.ContainsKey(i.Name)));
        graph.Output.Add(tail.Output);
        graph.ValueInfo.Add(tail.ValueInfo.Where(v => !connections.ContainsKey(v.Name)));
        graph.Name = string.Join("_", new[] { graph.Name, tail.Name }.Where(n => n.Length > 0));
        graph.DocString = string.Join(" Behind it: ", new[] { graph.DocString, tail.DocString }.Where(d => d.Length > 0));
    }

    /// <summary>Declares values as others of the same type and shape are declared, where they are.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="names">Names of declared values, each with the name of another.</param>
    public static void DeclareLike(this GraphProto graph, IEnumerable<KeyValuePair<string, string>> names)
    {
        Dictionary<string, ValueInfoProto> declared = graph.Input.Concat(graph.ValueInfo).Concat(graph.Output).DistinctBy(v => v.Name).ToDictionary(v => v.Name);
        foreach ((string name, string other) in names)
        {
            if (name == other || !declared.TryGetValue(name, out ValueInfoProto? value))
            {
                continue;
            }

            ValueInfoProto copy = value.Clone();
            copy.Name = other;
            graph.ValueInfo.Add(copy);
        }
    }
}

/// <summary>Lets a model of an older operator set stand in one of a newer set, where no operator of it changed its meaning in between.</summary>
internal static class OpsetLifting
{
    private const long Oldest = 13, Newest = 21; // what is written here, and so what is known

    // Operators of which every change up to set 21 is known (https://github.com/onnx/onnx/blob/main/docs/Changelog.md).
    private const string Known = """
        Abs Add ArgMax ArgMin AveragePool BatchNormalization Cast Ceil Celu Clip Concat Constant Conv ConvTranspose DepthToSpace
        DequantizeLinear Div Dropout Elu Equal Erf Exp Flatten Floor Gather Gelu Gemm GlobalAveragePool GlobalMaxPool Greater
        GreaterOrEqual GroupNormalization HardSigmoid HardSwish Identity InstanceNormalization LayerNormalization LeakyRelu Less
        LessOrEqual Log LogSoftmax MatMul Max MaxPool Min Mish Mul Neg Not PRelu Pad Pow QuantizeLinear Reciprocal ReduceMax
        ReduceMean ReduceMin ReduceSum Relu Reshape Resize Round Selu Shape Shrink Sigmoid Sign Slice Softmax Softplus Softsign
        Sqrt Squeeze Sub Tanh Transpose Unsqueeze Where
        """;

    private static readonly HashSet<string> KnownOperators = [.. Known.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    // The set in which an operator's settings became inputs, or its inputs took other shapes. All other changes add types, or
    // settings whose defaults are what was.
    private static readonly Dictionary<string, long> Changed = new()
    {
        ["GroupNormalization"] = 21,
        ["ReduceMax"] = 18,
        ["ReduceMean"] = 18,
        ["ReduceMin"] = 18,
    };

    /// <summary>Raises the version of a model's operator set.</summary>
    /// <exception cref="InvalidDataException">An operator means something else there, or may.</exception>
    public static void Lift(ModelProto model, long opset, string source)
    {
        long found = model.StandardOpset();
        if (found == opset)
        {
            return;
        }

        string? changed = model.Graph.Node.Select(n => n.OpType)
            .FirstOrDefault(o => !KnownOperators.Contains(o) || (Changed.TryGetValue(o, out long since) && found < since && since <= opset));
        if (found < Oldest || opset > Newest || changed is not null)
        {
            throw new InvalidDataException(
                $"'{source}' has the operator set {found}, expected {opset} like the other model{(changed is null ? "" : $", since {changed} may mean something else there")}: export both with the same one.");
        }

        foreach (OperatorSetIdProto set in model.OpsetImport.Where(o => ModelQueries.IsStandard(o.Domain)))
        {
            set.Version = opset;
        }
    }
}
