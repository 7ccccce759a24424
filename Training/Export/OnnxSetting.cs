using OnnxAE.Inference;
using Kind = OnnxAE.Inference.AttributeProto.Types.AttributeType;

namespace OnnxAE.Training;

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
        ArgumentNullException.ThrowIfNull(values);
        var proto = new AttributeProto { Name = name, Type = Kind.Ints };
        proto.Ints.Add(values);
        return new OnnxSetting(proto);
    }

    /// <summary>A text, such as the mode of a Pad.</summary>
    public static OnnxSetting Of(string name, string value) =>
        new(new AttributeProto { Name = name, Type = Kind.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) });
}
