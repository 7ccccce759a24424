using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Type and shape of a value in a graph.</summary>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Sizes">Its axes.</param>
internal sealed record ValueShape(DataType Type, IReadOnlyList<AxisSize> Sizes)
{
    /// <summary>Number of axes.</summary>
    public int Rank => Sizes.Count;

    /// <summary>What a file declares; null where it declares no shape.</summary>
    public static ValueShape? Of(ValueInfoProto value)
        => value.Type?.TensorType is { Shape: { } shape } tensor ? new((DataType)tensor.ElemType, [.. shape.Dim.Select(AxisSize.Of)]) : null;

    /// <summary>A stored tensor's.</summary>
    public static ValueShape Of(TensorProto tensor) => new((DataType)tensor.DataType, [.. tensor.Dims.Select(d => (AxisSize)d)]);

    /// <summary>The same type in another shape.</summary>
    public ValueShape With(params IEnumerable<AxisSize> sizes) => this with { Sizes = [.. sizes] };

    /// <summary>An axis counted from the front, or below 0 from behind; null where there is none.</summary>
    public int? Axis(long axis)
    {
        long counted = axis < 0 ? axis + Rank : axis;
        return counted >= 0 && counted < Rank ? (int)counted : null;
    }

    /// <summary>Whether two can't be of the same value.</summary>
    public bool Contradicts(ValueShape other)
        => Type != other.Type || Rank != other.Rank || Sizes.Zip(other.Sizes).Any(p => p.First.Contradicts(p.Second));

    /// <summary>As a file declares it.</summary>
    public ValueInfoProto ToProto(string name)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(Sizes.Select(s => s.ToProto()));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)Type, Shape = shape } } };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type.ToString().ToLowerInvariant()} [{string.Join(", ", Sizes)}]";
}
