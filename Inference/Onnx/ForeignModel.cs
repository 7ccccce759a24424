namespace OnnxAE.Inference;

/// <summary>Refuses what a tool that takes a graph apart would have to trust.</summary>
internal static class ForeignModel
{
    /// <summary>Looks at a model that was read from a file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="purpose">What is to be done with it, such as <c>composed</c>.</param>
    /// <exception cref="InvalidDataException">It has operators of an unknown set, functions of its own, sparse or damaged tensors, graphs within its nodes, or values that are written twice or used before.</exception>
    public static void Require(ModelProto model, string source, string purpose)
    {
        if (model.Graph.Node.FirstOrDefault(n => !ModelQueries.IsStandard(n.Domain)) is { } foreign)
        {
            throw Refuse($"the operator {foreign.OpType} of the set '{foreign.Domain}'", "only operators of the standard set");
        }

        if (model.Functions.Count > 0)
        {
            throw Refuse("functions of its own", "only operators of the standard set");
        }

        if (model.Graph.GraphsWithin().Skip(1).Any())
        {
            throw Refuse("graphs within nodes", "one graph without branches and loops");
        }

        if (model.Graph.SparseInitializer.Count > 0 || model.Graph.Node.Any(n => n.Attribute.Any(a => a.SparseTensor is not null || a.SparseTensors.Count > 0)))
        {
            throw Refuse("sparse tensors", "dense ones");
        }

        if (model.StandardOpset() is var opset and <= 0)
        {
            throw Refuse($"the operator set {opset}", "one of 1 or higher");
        }

        if (model.Graph.Initializer.Any(t => t.Name.Length == 0))
        {
            throw Refuse("a stored tensor without a name", "a name for each");
        }

        RequireOrder();
        foreach (TensorProto tensor in model.Tensors())
        {
            tensor.Check(source);
        }

        // Each value is written once, and before it is used: there are no cycles then either.
        void RequireOrder()
        {
            HashSet<string> written = [];
            foreach (TensorProto tensor in model.Graph.Initializer)
            {
                Write(tensor.Name);
            }

            written.UnionWith(model.Graph.Input.Select(i => i.Name)); // stored tensors may be among them
            foreach (NodeProto node in model.Graph.Node)
            {
                if (node.Input.FirstOrDefault(i => i.Length > 0 && !written.Contains(i)) is { } early)
                {
                    throw Refuse($"a node '{node.Name}' ({node.OpType}) that uses '{early}' before it is computed", "nodes in the order of computation");
                }

                foreach (string output in node.Output.Where(o => o.Length > 0))
                {
                    Write(output);
                }
            }

            void Write(string name)
            {
                if (!written.Add(name))
                {
                    throw Refuse($"two values '{name}'", "names that differ");
                }
            }
        }

        InvalidDataException Refuse(string found, string expected) => new($"'{source}' has {found}, expected {expected}: it can't be {purpose}.");
    }
}
