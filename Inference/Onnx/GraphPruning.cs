using Google.Protobuf.Collections;

namespace OnnxAE.Inference.Onnx;

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
            return;

        RemoveWhere(graph.Output, o => !needed.Contains(o.Name));
        HashSet<NodeProto> kept = new(ReferenceEqualityComparer.Instance);
        foreach (NodeProto node in graph.Node.Reverse()) // what a node reads is computed before it
        {
            if (node.Output.Any(o => o.Length > 0 && needed.Contains(o)))
            {
                kept.Add(node);
                needed.UnionWith(node.Input.Concat(ReadWithin(node)));
            }
        }

        RemoveWhere(graph.Node, n => !kept.Contains(n));
        HashSet<string> inputs = [.. graph.Input.Select(i => i.Name)]; // a stored tensor that is one is its default
        RemoveWhere(graph.Initializer, t => !needed.Contains(t.Name) && !inputs.Contains(t.Name));
    }

    private static IEnumerable<string> ReadWithin(NodeProto node)
        => node.GraphsWithin().SelectMany(g => g.Node.SelectMany(n => n.Input).Concat(g.Output.Select(o => o.Name)));

    private static void RemoveWhere<T>(RepeatedField<T> field, Func<T, bool> isGone)
    {
        T[] kept = [.. field.Where(item => !isGone(item))];
        field.Clear();
        field.Add(kept);
    }
}
