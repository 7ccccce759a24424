using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Operators that leave shapes as they are, or broadcast.</summary>
internal static class ElementwiseShapes
{
    /// <summary>The shape and type of the first input.</summary>
    public static ValueShape? Same(ShapeNode node) => node.First;

    /// <summary>All inputs broadcast, of the first one's type.</summary>
    public static ValueShape? Broadcast(ShapeNode node) => node.First.With(node.Broadcast([.. Enumerable.Range(0, node.InputCount).Select(i => node.Input(i).Sizes)]));

    /// <summary>A comparison of two values.</summary>
    public static ValueShape? Compare(ShapeNode node) => Broadcast(node)! with { Type = DataType.Bool };

    /// <summary>A choice of two values by a third.</summary>
    public static ValueShape? Where(ShapeNode node) => Broadcast(node)! with { Type = node.Input(1).Type };

    /// <summary>A slope that is broadcast to the input, and not the other way round.</summary>
    public static ValueShape? PRelu(ShapeNode node)
    {
        ValueShape both = Broadcast(node)!;
        node.Require(both.Rank == node.First.Rank, "has slopes with more axes than there are");
        return node.First;
    }

    /// <summary>Another type.</summary>
    public static ValueShape? Cast(ShapeNode node) => node.First with { Type = (DataType)node.Int("to", 0) };

    /// <summary>Numbers to integers; the zero point says of which kind.</summary>
    public static ValueShape? Quantize(ShapeNode node)
        => node.First with { Type = node.TryInput(2)?.Type ?? (DataType)node.Int("output_dtype", (long)DataType.Uint8) };

    /// <summary>Integers to numbers.</summary>
    public static ValueShape? Dequantize(ShapeNode node) => node.First with { Type = node.Input(1).Type };

    /// <summary>A normalization whose inputs behind the first hold a number a channel.</summary>
    public static ValueShape? PerChannel(ShapeNode node)
    {
        node.Require(node.First.Rank >= 2, "normalizes channels where there are none");
        for (int i = 1; i < node.InputCount; i++)
            node.Require(node.Input(i).Rank == 1 && !node.Input(i).Sizes[0].Contradicts(node.First.Sizes[1]), $"has another number of channels than its input {i}");
        return node.First;
    }

    /// <summary>A setting along one axis.</summary>
    public static ValueShape? AlongAxis(ShapeNode node)
    {
        node.Axis(node.First, node.Int("axis", -1));
        return node.First;
    }
}
