namespace OnnxAE.Inference;

/// <summary>A node whose inputs' shapes are known, as the rules read it.</summary>
/// <param name="node">The node.</param>
/// <param name="scope">What is known so far.</param>
internal sealed class ShapeNode(NodeProto node, ShapeScope scope)
{
    /// <summary>The operator.</summary>
    public string Operator => node.OpType;

    /// <summary>Number of inputs, those left out in between included.</summary>
    public int InputCount => node.Input.Count;

    /// <summary>The first input.</summary>
    public ValueShape First => Input(0);

    /// <summary>An input that must be there.</summary>
    public ValueShape Input(int index) => TryInput(index) ?? throw Error($"has no input {index}");

    /// <summary>An input; null where it is left out.</summary>
    public ValueShape? TryInput(int index) => index < node.Input.Count && node.Input[index].Length > 0 ? scope.Shapes[node.Input[index]] : null;

    /// <summary>A setting that is a whole number.</summary>
    public long Int(string name, long otherwise) => Find(name)?.I ?? otherwise;

    /// <summary>A setting that is a list of whole numbers; null where it is left out.</summary>
    public long[]? Ints(string name) => Find(name) is { } attribute ? [.. attribute.Ints] : null;

    /// <summary>A setting that is a text.</summary>
    public string Text(string name, string otherwise) => Find(name)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>A stored tensor in a setting.</summary>
    public TensorProto? Tensor(string name) => Find(name)?.T;

    /// <summary>The lengths that an input of integers holds; null where it is computed from more than shapes, or left out.</summary>
    public AxisSize[]? Vector(int index) => TryInput(index) is null ? null : scope.Vector(node.Input[index]);

    /// <summary>The same where all of them are numbers.</summary>
    public long[]? Numbers(int index) => TryInput(index) is null ? null : scope.Numbers(node.Input[index]);

    /// <summary>The floats that an input holds; null where they are computed, or left out.</summary>
    public float[]? Floats(int index) => TryInput(index) is null ? null : scope.Floats(node.Input[index]);

    /// <summary>Axes in an input, or in the setting of older operator sets.</summary>
    /// <param name="index">Place of the input.</param>
    /// <param name="isKnown">Whether they could be read.</param>
    public long[]? Axes(int index, out bool isKnown)
    {
        bool isInput = TryInput(index) is not null;
        long[]? axes = isInput ? Numbers(index) : Ints("axes");
        isKnown = !isInput || axes is not null;
        return axes;
    }

    /// <summary>An axis of a value.</summary>
    /// <exception cref="InvalidDataException">It has none of that number.</exception>
    public int Axis(ValueShape of, long axis) => of.Axis(axis) ?? throw Error($"goes along axis {axis}");

    /// <summary>Fails unless something holds.</summary>
    /// <exception cref="InvalidDataException">It doesn't.</exception>
    public void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw Error(otherwise);
    }

    /// <summary>What is wrong with the node.</summary>
    /// <param name="what">Behind "The node … of '…', which gets …, ".</param>
    public InvalidDataException Error(string what)
    {
        string inputs = string.Join(" and ", Enumerable.Range(0, InputCount).Select(i => TryInput(i)?.ToString() ?? "nothing"));
        return new($"The node '{(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault())}' ({node.OpType}) of '{scope.Source}', which gets {inputs}, {what}.");
    }

    private AttributeProto? Find(string name) => node.Attribute.LastOrDefault(a => a.Name == name);
}
