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
    /// nodes), does not fit the other in type or shape, or has an operator set that can't be raised to the other's.
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
        first.ProducerName = "OnnxAE";
        first.ProducerVersion = typeof(OnnxComposer).Assembly.GetName().Version!.ToString(3);
        MergeMetadata(first, second);
        ShapeInference.Infer(first.Graph, $"{firstSource} + {secondSource}");
        return first;
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
        IReadOnlyDictionary<string, ValueShape> shapes = ShapeInference.Infer(first, firstSource);
        Dictionary<string, string> names = [];
        if (connections.Values.Distinct().Count() != connections.Count || connections.Count == 0)
            throw new ArgumentException("Every input takes one output, and at least one must be named.");
        foreach ((string from, string to) in connections)
        {
            ValueInfoProto output = first.Output.FirstOrDefault(o => o.Name == from)
                ?? throw new ArgumentException($"'{firstSource}' has no output '{from}', expected one of {string.Join(", ", first.Output.Select(o => o.Name))}.");
            ValueInfoProto input = second.FreeInputs().FirstOrDefault(i => i.Name == to)
                ?? throw new ArgumentException($"'{secondSource}' has no input '{to}', expected one of {string.Join(", ", second.FreeInputs().Select(i => i.Name))}.");
            ValueShape given = ShapeInference.Output(shapes, output, firstSource);
            ValueShape taken = ValueShape.Of(input) ?? throw new InvalidDataException($"The input '{to}' of '{secondSource}' has no shape, expected one that can be compared.");
            if (given.Contradicts(taken) || given.Sizes.Zip(taken.Sizes).Any(p => !p.First.IsKnown && p.Second.IsKnown))
                throw new InvalidDataException($"'{firstSource}' gives '{from}': {given}, but '{secondSource}' takes '{to}': {taken}; expected the same type and shape.");
            foreach ((AxisSize has, AxisSize called) in given.Sizes.Zip(taken.Sizes).Where(p => p.First.Name is not null && p.Second.Name is not null))
                names[called.Name!] = has.Name!;
        }

        return names;
    }

    // What both say of themselves; where they differ, one behind the other. What pixels are is the first one's to say.
    private static void MergeMetadata(ModelProto first, ModelProto second)
    {
        foreach (StringStringEntryProto entry in second.MetadataProps.Where(e => e.Key != PixelRange.Key))
        {
            StringStringEntryProto? same = first.MetadataProps.FirstOrDefault(e => e.Key == entry.Key);
            if (same is null)
                first.MetadataProps.Add(entry);
            else if (same.Value != entry.Value)
                same.Value = $"{same.Value} + {entry.Value}";
        }
    }
}

/// <summary>Lets a model of an older operator set stand in one of a newer set, where no operator of it changed its meaning in between.</summary>
internal static class OpsetLifting
{
    private const long Oldest = 13, Newest = 21; // what is written here, and so what is known

    // The set in which an operator's settings became inputs, or its inputs took other shapes. All other changes up to 21
    // add types, or settings whose defaults are what was (https://github.com/onnx/onnx/blob/main/docs/Changelog.md).
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
            return;
        string? changed = model.Graph.Node.Select(n => n.OpType)
            .FirstOrDefault(o => !ShapeRules.Knows(o) || (Changed.TryGetValue(o, out long since) && found < since && since <= opset));
        if (found < Oldest || opset > Newest || changed is not null)
        {
            throw new InvalidDataException(
                $"'{source}' has the operator set {found}, expected {opset} like the other model{(changed is null ? "" : $", since {changed} may mean something else there")}: export both with the same one.");
        }

        OperatorSetIdProto[] standard = [.. model.OpsetImport.Where(o => OnnxDomains.IsStandard(o.Domain))];
        foreach (OperatorSetIdProto set in standard)
            set.Version = opset;
    }
}
