namespace OnnxAE.Inference;

/// <summary>Walks through models: graphs lie within the attributes of nodes of graphs.</summary>
internal static class ModelWalk
{
    /// <summary>A graph and all those within it.</summary>
    public static IEnumerable<GraphProto> GraphsWithin(this GraphProto graph)
        => graph.Node.SelectMany(GraphsWithin).Prepend(graph);

    /// <summary>Every tensor that a model stores, wherever it is.</summary>
    public static IEnumerable<TensorProto> Tensors(this ModelProto model)
    {
        IEnumerable<NodeProto> functionNodes = model.Functions.SelectMany(f => f.Node);
        List<GraphProto> graphs = [.. model.Graph.GraphsWithin(), .. functionNodes.SelectMany(GraphsWithin)];
        IEnumerable<AttributeProto> attributes = graphs.SelectMany(g => g.Node).Concat(functionNodes).SelectMany(n => n.Attribute);
        return graphs.SelectMany(g => g.Initializer.Concat(Tensors(g.SparseInitializer))).Concat(attributes.SelectMany(Tensors));
    }

    /// <summary>The graphs within a node: branches, bodies of loops, and what is within those.</summary>
    public static IEnumerable<GraphProto> GraphsWithin(this NodeProto node)
        => node.Attribute.SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G)).SelectMany(GraphsWithin);

    private static IEnumerable<TensorProto> Tensors(AttributeProto attribute)
    {
        IEnumerable<TensorProto> tensors = attribute.Tensors.Concat(Tensors(attribute.SparseTensors));
        if (attribute.T is { } tensor)
            tensors = tensors.Append(tensor);
        return attribute.SparseTensor is { } sparse ? tensors.Concat(Tensors([sparse])) : tensors;
    }

    private static IEnumerable<TensorProto> Tensors(IEnumerable<SparseTensorProto> sparse)
        => sparse.SelectMany(s => new[] { s.Values, s.Indices }).Where(t => t is not null);
}
