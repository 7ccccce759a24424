using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>An ONNX graph of one output that is compared, run a batch at a time.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly string source;
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();

    /// <summary>Loads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no self-contained model that ONNX Runtime can load, or has more than one output.</exception>
    public GraphRunner(string path)
        : this(OnnxModelReader.ReadBytes(path), path)
    {
        if (session.OutputNames.Count != 1)
        {
            int outputs = session.OutputNames.Count;
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
        this.source = source;
        try
        {
            session = new InferenceSession(model);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"'{source}' is not a model that ONNX Runtime can load; export it again. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    /// <summary>Names of the inputs, in the file's order.</summary>
    public IReadOnlyList<string> InputNames => session.InputNames;

    /// <summary>Rows that the graph takes, where it takes no other number of them; null where the batch is free.</summary>
    public int? FixedBatch => session.InputMetadata[InputNames[0]].Dimensions is [> 0 and int rows, ..] ? rows : null;

    /// <summary>Names of the outputs, in the file's order.</summary>
    public IReadOnlyList<string> OutputNames => session.OutputNames;

    /// <summary>Runs the graph and returns its outputs, in arrays that the caller owns.</summary>
    /// <param name="inputs">One a name, in the file's order.</param>
    /// <exception cref="InvalidDataException">The graph doesn't take these inputs.</exception>
    public IReadOnlyList<GraphOutput> Run(IReadOnlyList<Tensor> inputs)
    {
        List<OrtValue> values = [];
        try
        {
            values.AddRange(inputs.Select(ToValue));
            using var outputs = session.Run(runOptions, session.InputNames, values, session.OutputNames);
            return [.. outputs.Select((output, i) => GraphOutput.Of(session.OutputNames[i], output))];
        }
        catch (OnnxRuntimeException exception)
        {
            string shapes = string.Join(" and ", inputs.Select(input => $"[{string.Join(", ", input.shape)}]"));
            throw new InvalidDataException($"'{source}' can't be run on an input of shape {shapes}. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }

    private static OrtValue ToValue(Tensor input)
    {
        using Tensor dense = input.contiguous();
        return input.dtype == ScalarType.Int64
            ? OrtValue.CreateTensorValueFromMemory(dense.data<long>().ToArray(), dense.shape)
            : OrtValue.CreateTensorValueFromMemory(dense.data<float>().ToArray(), dense.shape);
    }
}
