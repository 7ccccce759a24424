namespace OnnxAE.Inference;

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
        HashSet<string> taken = [.. Names(graph)];
        HashSet<string> own = [.. Names(tail)];
        foreach (string name in own.Where(n => n.Length > 0 && !names.ContainsKey(n)).ToArray())
            names.Add(name, taken.Contains(name) ? Fresh(name, taken, own) : name);

        HashSet<string> nodeNames = [.. graph.Node.Select(n => n.Name)];
        foreach (NodeProto node in tail.Node)
        {
            if (node.Name.Length > 0 && !nodeNames.Add(node.Name))
                node.Name = Fresh(node.Name, nodeNames, []);
            for (int i = 0; i < node.Input.Count; i++)
                node.Input[i] = names.GetValueOrDefault(node.Input[i], node.Input[i]);
            for (int i = 0; i < node.Output.Count; i++)
                node.Output[i] = names.GetValueOrDefault(node.Output[i], node.Output[i]);
            graph.Node.Add(node);
        }

        foreach (TensorProto tensor in tail.Initializer)
            tensor.Name = names[tensor.Name];
        graph.Initializer.Add(tail.Initializer);
        foreach (TensorAnnotation annotation in tail.QuantizationAnnotation)
        {
            annotation.TensorName = names.GetValueOrDefault(annotation.TensorName, annotation.TensorName);
            foreach (StringStringEntryProto role in annotation.QuantParameterTensorNames)
                role.Value = names.GetValueOrDefault(role.Value, role.Value);
        }

        graph.QuantizationAnnotation.Add(tail.QuantizationAnnotation);
        Declare(graph, tail, connections, name => names.GetValueOrDefault(name, name), sizeNames);
        graph.Name = string.Join("_", new[] { graph.Name, tail.Name }.Where(n => n.Length > 0));
        graph.DocString = string.Join(" Behind it: ", new[] { graph.DocString, tail.DocString }.Where(d => d.Length > 0));
    }

    private static void Declare(
        GraphProto graph, GraphProto tail, IReadOnlyDictionary<string, string> connections, Func<string, string> rename, IReadOnlyDictionary<string, string> sizeNames)
    {
        foreach (ValueInfoProto value in tail.Input.Concat(tail.Output).Concat(tail.ValueInfo))
        {
            value.Name = rename(value.Name);
            foreach (TensorShapeProto.Types.Dimension dimension in value.Type?.TensorType?.Shape?.Dim ?? [])
            {
                if (dimension.HasDimParam && sizeNames.TryGetValue(dimension.DimParam, out string? name))
                    dimension.DimParam = name;
            }
        }

        ValueInfoProto[] handedOn = [.. graph.Output.Where(o => connections.ContainsKey(o.Name))];
        HashSet<string> results = [.. tail.Output.Select(o => o.Name)];
        foreach (ValueInfoProto output in handedOn)
        {
            graph.Output.Remove(output);
            if (!results.Contains(output.Name))
                graph.ValueInfo.Add(output);
        }

        graph.Input.Add(tail.Input.Where(i => !connections.ContainsKey(i.Name)));
        graph.Output.Add(tail.Output);
        graph.ValueInfo.Add(tail.ValueInfo.Where(v => !connections.ContainsKey(v.Name)));
    }

    private static IEnumerable<string> Names(GraphProto graph)
        => graph.Node.SelectMany(n => n.Input.Concat(n.Output))
            .Concat(graph.Input.Concat(graph.Output).Concat(graph.ValueInfo).Select(v => v.Name))
            .Concat(graph.Initializer.Select(t => t.Name));

    private static string Fresh(string name, HashSet<string> taken, HashSet<string> alsoTaken)
    {
        for (int i = 1; ; i++)
        {
            string fresh = $"{name}_{i}";
            if (!alsoTaken.Contains(fresh) && taken.Add(fresh))
                return fresh;
        }
    }
}
