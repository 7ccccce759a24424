using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Computes the shapes of a graph's values from its inputs, whatever the file declares for the values between.</summary>
internal static class ShapeInference
{
    /// <summary>The most axes that a value may have: no runtime computes with as many, and a node may double them.</summary>
    public const int MaxRank = 64;

    /// <summary>Goes through the nodes.</summary>
    /// <param name="graph">The graph of a model.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="isLenient">Whether a node that does not fit its inputs leaves its output unknown, as one that is not known does.</param>
    /// <returns>What could be computed, by name; inputs and stored tensors among it.</returns>
    /// <exception cref="InvalidDataException">A node doesn't fit its inputs, or a stored tensor is damaged.</exception>
    public static IReadOnlyDictionary<string, ValueShape> Infer(GraphProto graph, string source, bool isLenient = false)
    {
        ShapeScope scope = new(source);
        foreach (ValueInfoProto input in graph.Input)
        {
            if (ValueShape.Of(input) is { } shape)
                scope.Shapes[input.Name] = shape;
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            tensor.Check(source);
            scope.Add(tensor.Name, tensor);
        }

        foreach (NodeProto node in graph.Node)
        {
            try
            {
                Infer(node, scope);
            }
            catch (OverflowException e)
            {
                if (!isLenient)
                    throw new InvalidDataException($"The node '{node.Name}' ({node.OpType}) of '{source}' makes a value of more numbers than there can be.", e);
            }
            catch (InvalidDataException) when (isLenient)
            {
                // Its output stays unknown.
            }
        }

        return scope.Shapes;
    }

    /// <summary>The shape of an output, of which the file may say less or something else than the graph computes.</summary>
    /// <exception cref="InvalidDataException">The two differ, or neither says anything.</exception>
    public static ValueShape Output(IReadOnlyDictionary<string, ValueShape> shapes, ValueInfoProto output, string source)
    {
        ValueShape? declared = ValueShape.Of(output);
        ValueShape? computed = shapes.GetValueOrDefault(output.Name);
        if (declared is not null && computed is not null && declared.Contradicts(computed))
            throw new InvalidDataException($"The output '{output.Name}' of '{source}' is declared as {declared}, but the graph computes {computed}: the file is damaged.");
        return computed ?? declared ?? throw new InvalidDataException($"The output '{output.Name}' of '{source}' has no shape that could be known.");
    }

    private static void Infer(NodeProto node, ShapeScope scope)
    {
        bool isReady = node.Input.All(i => i.Length == 0 || scope.Shapes.ContainsKey(i));
        if (!isReady || node.Output.Count == 0 || ShapeRules.Find(node) is not { } rule)
            return;
        ShapeNode read = new(node, scope);
        if (rule(read) is not { } shape)
            return;
        read.Require(shape.Rank <= MaxRank, $"makes a value of more than {MaxRank} axes");
        scope.Shapes[node.Output[0]] = shape;
        switch (node.OpType)
        {
            case "Constant" when read.Tensor("value") is { } tensor:
                tensor.Check(scope.Source);
                scope.Add(node.Output[0], tensor);
                break;
            case "Shape":
                scope.Add(node.Output[0], LayoutShapes.Part(read));
                break;
            case "MaxPool" when node.Output.Count > 1:
                scope.Shapes[node.Output[1]] = shape with { Type = DataType.Int64 };
                break;
            case "Dropout" when node.Output.Count > 1:
                scope.Shapes[node.Output[1]] = shape with { Type = DataType.Bool };
                break;
        }
    }
}
