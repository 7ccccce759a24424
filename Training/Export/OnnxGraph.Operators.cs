namespace OnnxAE.Training;

public sealed partial class OnnxGraph
{
    /// <summary>A function of each number by itself, without settings.</summary>
    /// <param name="operatorType">Such as <c>Relu</c>.</param>
    /// <param name="input">What it is applied to.</param>
    /// <param name="attributes">The operator's attributes.</param>
    public OnnxValue Map(string operatorType, OnnxValue input, params IEnumerable<OnnxSetting> attributes) =>
        Node(operatorType, [input], input.Shape, attributes);

    /// <summary>a + b, broadcast.</summary>
    public OnnxValue Add(OnnxValue a, OnnxValue b) => Elementwise("Add", a, b);

    /// <summary>a - b, broadcast.</summary>
    public OnnxValue Subtract(OnnxValue a, OnnxValue b) => Elementwise("Sub", a, b);

    /// <summary>a · b, number by number, broadcast.</summary>
    public OnnxValue Multiply(OnnxValue a, OnnxValue b) => Elementwise("Mul", a, b);

    /// <summary>a / b, number by number, broadcast.</summary>
    public OnnxValue Divide(OnnxValue a, OnnxValue b) => Elementwise("Div", a, b);

    /// <summary>Where the condition holds <paramref name="yes"/>, elsewhere <paramref name="no"/>; broadcast.</summary>
    public OnnxValue Where(OnnxValue condition, OnnxValue yes, OnnxValue no) =>
        Node("Where", [condition, yes, no], Broadcast(condition, yes, no), yes.ElementType, []);

    /// <summary>A comparison such as <c>LessOrEqual</c>; its output holds truth values.</summary>
    public OnnxValue Compare(string operatorType, OnnxValue a, OnnxValue b) => Node(operatorType, [a, b], Broadcast(a, b), OnnxElementType.Condition, []);

    /// <summary>Values one behind the other along an axis.</summary>
    /// <param name="inputs">Equal in all dimensions but one.</param>
    /// <param name="axis">Which; from 1, as rows of a batch stay apart.</param>
    public OnnxValue Concat(IReadOnlyList<OnnxValue> inputs, int axis)
    {
        Require(inputs.Count > 0, "joins no values, expected at least one.");
        OnnxValue first = inputs[0];
        Require(axis > 0 && axis < first.Rank, $"joins values of shape {first.ShapeText} along axis {axis}, expected one behind the batch.");
        long[] shape = [.. first.Shape];
        foreach (OnnxValue other in inputs.Skip(1))
        {
            Require(
                other.Rank == first.Rank && other.Shape.Where((size, i) => i != axis && size != first.Shape[i]).Any() is false,
                $"joins values of shapes {first.ShapeText} and {other.ShapeText} along axis {axis}: their other dimensions must be equal.");
            shape[axis] = shape[axis] == OnnxValue.Free || other.Shape[axis] == OnnxValue.Free ? OnnxValue.Free : shape[axis] + other.Shape[axis];
        }

        return Node("Concat", inputs, shape, OnnxSetting.Of("axis", axis));
    }

    /// <summary>The same numbers in another shape; the batch stays the first dimension.</summary>
    /// <param name="input">What to reshape.</param>
    /// <param name="shape">The new dimensions; at most one behind the batch may be <see cref="OnnxValue.Free"/>.</param>
    public OnnxValue Reshape(OnnxValue input, params IReadOnlyList<long> shape)
    {
        // 0 copies the dimension of the same place, -1 is what remains.
        long[] target = [.. shape.Select((size, axis) => axis == 0 && size == OnnxValue.Free && input.Shape[0] == OnnxValue.Free ? 0 : size)];
        Require(target.Count(size => size == -1) <= 1, $"gives {input.ShapeText} a shape with more than one free dimension.");
        return AsView(Node("Reshape", [input, Vector("shape", target)], shape), input);
    }

    /// <summary>The numbers of one value in the shape of another, whatever of that is known.</summary>
    internal OnnxValue ReshapeLike(OnnxValue input, OnnxValue like) =>
        like.Shape.Skip(1).Count(size => size == OnnxValue.Free) <= 1
            ? Reshape(input, like.Shape)
            : AsView(Node("Reshape", [input, Node("Shape", [like], [like.Rank], OnnxElementType.Index, [])], like.Shape), input);

    /// <summary>A part of an axis.</summary>
    internal OnnxValue Slice(OnnxValue input, int axis, long start, long end)
    {
        long[] shape = [.. input.Shape];
        shape[axis] = end - start;
        return Node("Slice", [input, Vector("starts", start), Vector("ends", end), Vector("axes", axis)], shape);
    }

    /// <summary>A mean over axes that stay, with length 1. Their place moved from an attribute to an input with opset 18.</summary>
    internal OnnxValue ReduceMean(OnnxValue input, params int[] axes) => Reduce("ReduceMean", input, axesAreInput: Opset >= 18, axes, keep: true);

    /// <summary>A reduction such as ReduceSum.</summary>
    internal OnnxValue Reduce(string operatorType, OnnxValue input, bool axesAreInput, int[] axes, bool keep)
    {
        long[] whole = [.. axes.Select(axis => (long)axis)];
        long[] shape = [.. input.Shape.Select((size, axis) => axes.Contains(axis) ? (long?)(keep ? 1 : null) : size).Where(size => size is not null).Select(size => size!.Value)];
        var keepDimensions = OnnxSetting.Of("keepdims", keep ? 1 : 0);
        return axesAreInput
            ? Node(operatorType, [input, Vector("axes", whole)], shape, keepDimensions)
            : Node(operatorType, [input], shape, OnnxSetting.Of("axes", whole), keepDimensions);
    }

    private OnnxValue Elementwise(string operatorType, OnnxValue a, OnnxValue b) => Node(operatorType, [a, b], Broadcast(a, b));

    private long[] Broadcast(params OnnxValue[] inputs)
    {
        int rank = inputs.Max(input => input.Rank);
        long[] shape = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            long[] sizes = [.. inputs.Select(i => i.Shape.ElementAtOrDefault(axis - rank + i.Rank) is var size && axis >= rank - i.Rank ? size : 1).Where(size => size != 1).Distinct()];
            Require(sizes.Length <= 1, $"puts values of shapes {string.Join(" and ", inputs.Select(i => i.ShapeText))} together, expected shapes that fit each other.");
            shape[axis] = sizes.Length == 0 ? 1 : sizes[0];
        }

        return shape;
    }
}
