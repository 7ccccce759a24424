using Google.Protobuf.Collections;

namespace OnnxAE.Inference;

/// <summary>Takes away what a graph computes for nobody.</summary>
internal static class GraphPruning
{
    /// <summary>
    /// Keeps some outputs of a graph, and the nodes and stored tensors that they come of. ONNX Runtime runs every node,
    /// whichever outputs are asked for.
    /// </summary>
    public static void Keep(GraphProto graph, IEnumerable<string> outputs)
    {
        HashSet<string> needed = [.. outputs];
        if (graph.Output.All(o => needed.Contains(o.Name)))
        {
            return;
        }

        RemoveWhere(graph.Output, o => !needed.Contains(o.Name));
        HashSet<NodeProto> kept = new(ReferenceEqualityComparer.Instance);
        foreach (NodeProto node in graph.Node.Reverse()) // what a node reads is computed before it
        {
            if (node.Output.Any(o => o.Length > 0 && needed.Contains(o)))
            {
                kept.Add(node);
                needed.UnionWith(Reads(node));
            }
        }

        RemoveWhere(graph.Node, n => !kept.Contains(n));
        graph.RemoveUnused();
    }

    /// <summary>Removes stored tensors that nothing reads any more. One that an input is called like stays: it is the input's default.</summary>
    public static void RemoveUnused(this GraphProto graph)
    {
        HashSet<string> used = [.. graph.Node.SelectMany(Reads), .. graph.Input.Concat(graph.Output).Select(v => v.Name)];
        RemoveWhere(graph.Initializer, t => !used.Contains(t.Name));
    }

    private static IEnumerable<string> Reads(NodeProto node)
        => node.Input.Concat(node.GraphsWithin().SelectMany(g => g.Node.SelectMany(n => n.Input).Concat(g.Output.Select(o => o.Name))));

    private static void RemoveWhere<T>(RepeatedField<T> field, Func<T, bool> isGone)
    {
        T[] kept = [.. field.Where(item => !isGone(item))];
        field.Clear();
        field.Add(kept);
    }
}
