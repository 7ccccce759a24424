using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>What is known of a graph's values while its nodes are gone through.</summary>
/// <param name="Source">What to call the file in messages.</param>
internal sealed record ShapeScope(string Source)
{
    private readonly Dictionary<string, TensorProto> _tensors = [];
    private readonly Dictionary<string, AxisSize[]> _vectors = [];

    /// <summary>Shapes by the values' names.</summary>
    public Dictionary<string, ValueShape> Shapes { get; } = [];

    /// <summary>Takes a stored tensor in.</summary>
    public void Add(string name, TensorProto tensor)
    {
        _tensors[name] = tensor;
        Shapes[name] = ValueShape.Of(tensor);
    }

    /// <summary>Takes a computed vector of lengths in.</summary>
    public void Add(string name, AxisSize[] vector) => _vectors[name] = vector;

    /// <summary>The lengths in a value; null where they are computed from more than shapes.</summary>
    public AxisSize[]? Vector(string name)
        => _vectors.TryGetValue(name, out AxisSize[]? known) ? known
            : _tensors.TryGetValue(name, out TensorProto? tensor) ? [.. tensor.ReadIntegers(Source).Select(n => (AxisSize)n)]
            : null;

    /// <summary>The integers in a value; null where one of them is not known.</summary>
    public long[]? Numbers(string name)
        => _tensors.TryGetValue(name, out TensorProto? tensor) ? tensor.ReadIntegers(Source)
            : _vectors.TryGetValue(name, out AxisSize[]? known) && known.All(s => s.IsKnown) ? [.. known.Select(s => s.Length)]
            : null;

    /// <summary>The floats in a value; null where they are computed.</summary>
    public float[]? Floats(string name)
        => _tensors.TryGetValue(name, out TensorProto? tensor) && (DataType)tensor.DataType == DataType.Float ? tensor.ReadFloats(Source) : null;
}
