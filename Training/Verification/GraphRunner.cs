using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxAE.Inference;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace OnnxAE.Training;

/// <summary>An ONNX graph of one output that is compared, run a batch at a time.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly string _source;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    /// <summary>Loads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no self-contained model that ONNX Runtime can load, or has more than one output.</exception>
    public GraphRunner(string path)
        : this(OnnxModelReader.ReadBytes(path), path)
    {
        if (_session.OutputNames.Count != 1)
        {
            int outputs = _session.OutputNames.Count;
            Dispose();
            throw new InvalidDataException($"'{path}' has {outputs} outputs; expected one.");
        }
    }

    /// <summary>Loads a model in memory.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is no model that ONNX Runtime can load.</exception>
    public GraphRunner(byte[] model, string source)
    {
        _source = source;
        try
        {
            _session = new InferenceSession(model);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"'{source}' is not a model that ONNX Runtime can load; export it again. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    /// <summary>Names of the inputs, in the file's order.</summary>
    public IReadOnlyList<string> InputNames => _session.InputNames;

    /// <summary>Rows that the graph takes, where it takes no other number of them; null where the batch is free.</summary>
    public int? FixedBatch => _session.InputMetadata[InputNames[0]].Dimensions is [> 0 and int rows, ..] ? rows : null;

    /// <summary>Names of the outputs, in the file's order.</summary>
    public IReadOnlyList<string> OutputNames => _session.OutputNames;

    /// <summary>Runs the graph and returns its outputs, in arrays that the caller owns.</summary>
    /// <param name="inputs">One a name, in the file's order.</param>
    /// <exception cref="InvalidDataException">The graph doesn't take these inputs.</exception>
    public IReadOnlyList<GraphOutput> Run(IReadOnlyList<Tensor> inputs)
    {
        List<OrtValue> values = [];
        try
        {
            values.AddRange(inputs.Select(ToValue));
            using var outputs = _session.Run(_runOptions, _session.InputNames, values, _session.OutputNames);
            return [.. outputs.Select((output, i) => GraphOutput.Of(_session.OutputNames[i], output))];
        }
        catch (OnnxRuntimeException exception)
        {
            string shapes = string.Join(" and ", inputs.Select(input => $"[{string.Join(", ", input.shape)}]"));
            throw new InvalidDataException($"'{_source}' can't be run on an input of shape {shapes}. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static OrtValue ToValue(Tensor input)
    {
        using Tensor dense = input.contiguous();
        return input.dtype == ScalarType.Int64
            ? OrtValue.CreateTensorValueFromMemory(dense.data<long>().ToArray(), dense.shape)
            : OrtValue.CreateTensorValueFromMemory(dense.data<float>().ToArray(), dense.shape);
    }
}

/// <summary>What a graph gave.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="ElementType">Type of its numbers.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its numbers, row-major; empty unless they are floats.</param>
internal sealed record GraphOutput(string Name, TensorElementType ElementType, IReadOnlyList<long> Shape, float[] Values)
{
    /// <summary>Whether it holds 32-bit floats in a shape, as TorchSharp's output does.</summary>
    public bool IsLike(ScalarType type, IEnumerable<long> shape) =>
        ElementType == TensorElementType.Float && type == ScalarType.Float32 && Shape.SequenceEqual(shape);

    /// <summary>Copies an output of ONNX Runtime.</summary>
    public static GraphOutput Of(string name, OrtValue value)
    {
        OrtTensorTypeAndShapeInfo information = value.GetTensorTypeAndShape();
        TensorElementType type = information.ElementDataType;
        return new GraphOutput(name, type, information.Shape, type == TensorElementType.Float ? value.GetTensorDataAsSpan<float>().ToArray() : []);
    }
}
