using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

public sealed partial class OnnxGraph
{
    private readonly Dictionary<string, Dictionary<Tensor, OnnxValue>> _weights = []; // by their layout
    private readonly Dictionary<string, OnnxValue> _scalars = [];
    private long _storedBytes;

    /// <summary>Stores a weight; the same tensor is stored once, however often it is used.</summary>
    /// <param name="name">Its name in the module, such as <c>weight</c>.</param>
    /// <param name="values">32-bit floats.</param>
    /// <exception cref="OnnxExportException">It is of another type, or the file would be larger than ONNX allows.</exception>
    public OnnxValue Weight(string name, Tensor values) => Weight(name, values, "", whole => whole);

    /// <summary>Stores a weight in another layout; the same tensor is stored once in each.</summary>
    internal OnnxValue Weight(string name, Tensor values, string layout, Func<Tensor, Tensor> arrange)
    {
        if (!_weights.TryGetValue(layout, out Dictionary<Tensor, OnnxValue>? stored))
        {
            _weights.Add(layout, stored = new(ReferenceEqualityComparer.Instance));
        }

        if (!stored.TryGetValue(values, out OnnxValue? weight))
        {
            Require(values.dtype == ScalarType.Float32, $"has a '{name}' of type {values.dtype}, expected Float32: convert the network with to(ScalarType.Float32) before exporting it.");
            using var scope = NewDisposeScope();
            Tensor dense = arrange(values.detach()).cpu().contiguous();
            Reserve(dense.numel() * sizeof(float), name);
            weight = Store(WeightName(name), OnnxElementType.Real, ByteString.CopyFrom(dense.bytes), dense.shape);
            stored.Add(values, weight);
        }

        return weight;
    }

    /// <summary>Stores numbers that are no weight of the module, such as one changed on its way into the file.</summary>
    /// <param name="name">Its name in the module.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Its dimensions.</param>
    public OnnxValue Constant(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
    {
        Reserve((long)values.Length * sizeof(float), name);
        return Store(WeightName(name), OnnxElementType.Real, ByteString.CopyFrom(MemoryMarshal.AsBytes(values)), shape);
    }

    /// <summary>Stores whole numbers, such as a target shape.</summary>
    /// <param name="name">Its name in the module.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Its dimensions.</param>
    public OnnxValue Constant(string name, ReadOnlySpan<long> values, params IReadOnlyList<long> shape)
    {
        Reserve((long)values.Length * sizeof(long), name);
        return Store(WeightName(name), OnnxElementType.Index, ByteString.CopyFrom(MemoryMarshal.AsBytes(values)), shape);
    }

    /// <summary>Stores whole numbers as a vector.</summary>
    internal OnnxValue Vector(string name, params long[] values) => Constant(name, values, values.Length);

    /// <summary>Stores a single number; equal ones are stored once.</summary>
    public OnnxValue Scalar(double value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"scalar_{(float)value}");
        if (!_scalars.TryGetValue(name, out OnnxValue? scalar))
        {
            float single = (float)value;
            scalar = Store(Unique(name), OnnxElementType.Real, ByteString.CopyFrom(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(ref single))), []);
            _scalars.Add(name, scalar);
        }

        return scalar;
    }

    private string WeightName(string name) => Unique(_module.Join(name));

    private OnnxValue Store(string name, OnnxElementType type, ByteString bytes, IReadOnlyList<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = bytes };
        tensor.Dims.Add(shape);
        _graph.Initializer.Add(tensor);
        return new OnnxValue(name, shape, type);
    }

    // Asked before the bytes are copied: protobuf itself overflows instead of refusing.
    private void Reserve(long bytes, string name)
    {
        _storedBytes += bytes;
        if (_storedBytes > _options.MaxBytes)
        {
            throw Error($"brings the weights to {_storedBytes:N0} bytes with its '{name}'; an ONNX file can't hold more than {_options.MaxBytes:N0}. Export the network in parts.");
        }
    }
}
