using Google.Protobuf.Collections;

namespace OnnxAE.Inference;

/// <summary>Gives the inputs and outputs of a graph other names; what it computes stays the same.</summary>
internal static class GraphRenaming
{
    /// <summary>Renames inputs and outputs in place, and whatever refers to them, graphs within the graph included.</summary>
    /// <param name="graph">The graph of a model.</param>
    /// <param name="inputs">New name of each input to rename.</param>
    /// <param name="outputs">New name of each output to rename.</param>
    /// <exception cref="ArgumentException">Two of the new names are equal.</exception>
    public static void Rename(GraphProto graph, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> outputs)
    {
        string[] wanted = [.. inputs.Values, .. outputs.Values];
        if (wanted.Distinct().Count() != wanted.Length)
            throw new ArgumentException($"Found the names {string.Join(", ", wanted)}, expected different ones: an ONNX graph writes a tensor only once.");

        HashSet<string> used = [.. graph.GraphsWithin().SelectMany(NamesIn), .. wanted];
        Dictionary<string, string> names = inputs.Concat(SeparateFromInputs(graph, outputs, used))
            .Where(n => n.Key != n.Value).ToDictionary(n => n.Key, n => n.Value);
        if (names.Count == 0)
            return;

        // A tensor that has a wanted name already, and no other to go to, gets a fresh one.
        foreach (string taken in names.Values.ToArray())
        {
            if (!names.ContainsKey(taken))
                names.Add(taken, Fresh(taken, used));
        }

        foreach (GraphProto each in graph.GraphsWithin())
            Rename(each, names);
    }

    /// <summary>Makes a name free: a tensor within the graph that has it gets another.</summary>
    /// <exception cref="ArgumentException">An input or output has the name.</exception>
    public static void MakeRoom(GraphProto graph, string name)
    {
        if (graph.Input.Concat(graph.Output).Any(v => v.Name == name))
            throw new ArgumentException($"An input or output is called '{name}' already; choose another name.");
        HashSet<string> used = [.. graph.GraphsWithin().SelectMany(NamesIn)];
        if (!used.Contains(name))
            return;
        Dictionary<string, string> names = new() { [name] = Fresh(name, used) };
        foreach (GraphProto each in graph.GraphsWithin())
            Rename(each, names);
    }

    /// <summary>A name like this one that nothing in the graph has.</summary>
    public static string FreshName(this GraphProto graph, string name) => Fresh(name, [.. graph.GraphsWithin().SelectMany(NamesIn)]);

    // An output that is an input as it stands can't have two names: a node between them makes two tensors of it.
    private static Dictionary<string, string> SeparateFromInputs(
        GraphProto graph, IReadOnlyDictionary<string, string> outputs, HashSet<string> used)
    {
        Dictionary<string, string> separated = new(outputs);
        foreach (ValueInfoProto output in graph.Output)
        {
            if (graph.Input.All(i => i.Name != output.Name) || !separated.Remove(output.Name, out string? name))
                continue;
            string copy = Fresh(output.Name, used);
            graph.Node.Add(new NodeProto { OpType = "Identity", Name = copy, Input = { output.Name }, Output = { copy } });
            output.Name = copy;
            separated.Add(copy, name);
        }

        return separated;
    }

    private static void Rename(GraphProto graph, Dictionary<string, string> names)
    {
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
            value.Name = names.GetValueOrDefault(value.Name, value.Name);
        foreach (TensorProto tensor in graph.Initializer.Concat(graph.SparseInitializer.Select(s => s.Values).Where(t => t is not null)))
            tensor.Name = names.GetValueOrDefault(tensor.Name, tensor.Name);
        foreach (NodeProto node in graph.Node)
        {
            Rename(node.Input, names);
            Rename(node.Output, names);
        }

        foreach (TensorAnnotation annotation in graph.QuantizationAnnotation)
        {
            annotation.TensorName = names.GetValueOrDefault(annotation.TensorName, annotation.TensorName);
            foreach (StringStringEntryProto role in annotation.QuantParameterTensorNames)
                role.Value = names.GetValueOrDefault(role.Value, role.Value);
        }
    }

    private static void Rename(RepeatedField<string> references, Dictionary<string, string> names)
    {
        for (int i = 0; i < references.Count; i++)
            references[i] = names.GetValueOrDefault(references[i], references[i]);
    }

    private static IEnumerable<string> NamesIn(GraphProto graph)
        => graph.Node.SelectMany(n => n.Input.Concat(n.Output))
            .Concat(graph.Input.Concat(graph.Output).Concat(graph.ValueInfo).Select(v => v.Name))
            .Concat(graph.Initializer.Select(t => t.Name));

    private static string Fresh(string name, HashSet<string> used)
    {
        string fresh = name;
        for (int i = 1; !used.Add(fresh); i++)
            fresh = $"{name}_{i}";
        return fresh;
    }
}
