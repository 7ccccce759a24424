using OnnxAE.Inference;
using Kind = OnnxAE.Inference.AttributeProto.Types.AttributeType;

namespace OnnxAE.Training;

/// <summary>A tensor inside the graph being written.</summary>
/// <param name="Name">Its name while the graph is written; the file may have another.</param>
/// <param name="Shape">All its dimensions, the batch first; <see cref="Free"/> for one that is known at run time only.</param>
/// <param name="ElementType">What its numbers are.</param>
public sealed record OnnxValue(string Name, IReadOnlyList<long> Shape, OnnxElementType ElementType = OnnxElementType.Real)
{
    /// <summary>A dimension that the file leaves open.</summary>
    public const long Free = -1;

    /// <summary>Number of dimensions, the batch included.</summary>
    public int Rank => Shape.Count;

    /// <summary>The shape as it reads in messages: <c>[batch, 1, 28, 28]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape.Select((size, axis) => size != Free ? $"{size}" : axis == 0 ? OnnxNames.Batch : "?"))}]";
}

/// <summary>An input of a graph that has several.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions behind the batch.</param>
/// <param name="ElementType">What it holds.</param>
public sealed record OnnxInput(string Name, IReadOnlyList<long> Shape, OnnxElementType ElementType = OnnxElementType.Real);

/// <summary>What the numbers of a tensor are; the values are ONNX's own codes.</summary>
public enum OnnxElementType
{
    /// <summary>32-bit floating point.</summary>
    Real = 1,

    /// <summary>64-bit integers: indices and shapes.</summary>
    Index = 7,

    /// <summary>Truth values: conditions.</summary>
    Condition = 9,
}

/// <summary>A setting of a node, fixed in the file.</summary>
public sealed class OnnxSetting
{
    private OnnxSetting(AttributeProto proto) => Proto = proto;

    internal AttributeProto Proto { get; }

    /// <summary>A whole number.</summary>
    public static OnnxSetting Of(string name, long value) => new(new AttributeProto { Name = name, Type = Kind.Int, I = value });

    /// <summary>A number.</summary>
    public static OnnxSetting Of(string name, double value) => new(new AttributeProto { Name = name, Type = Kind.Float, F = (float)value });

    /// <summary>Whole numbers.</summary>
    public static OnnxSetting Of(string name, IEnumerable<long> values)
    {
        var proto = new AttributeProto { Name = name, Type = Kind.Ints };
        proto.Ints.Add(values);
        return new OnnxSetting(proto);
    }

    /// <summary>A text, such as the mode of a Pad.</summary>
    public static OnnxSetting Of(string name, string value) =>
        new(new AttributeProto { Name = name, Type = Kind.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) });
}
