using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Training;

/// <summary>An ONNX graph of one input and one output, run a batch at a time.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly string path;
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();

    /// <summary>Loads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model that ONNX Runtime can load, or has more than one input or output.</exception>
    public GraphRunner(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no model file '{path}'. Export the network first.", path);
        }

        this.path = path;
        try
        {
            session = new InferenceSession(path);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"'{path}' is not a model that ONNX Runtime can load; export it again. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }

        if (session.InputNames.Count != 1 || session.OutputNames.Count != 1)
        {
            int inputs = session.InputNames.Count;
            int outputs = session.OutputNames.Count;
            Dispose();
            throw new InvalidDataException($"'{path}' has {inputs} inputs and {outputs} outputs; expected one of each.");
        }
    }

    /// <summary>Runs the graph and returns its output, row-major, in an array that the caller owns.</summary>
    /// <param name="input">Row-major.</param>
    /// <param name="inputShape">Its shape.</param>
    /// <param name="expectedShape">The shape that the output must have.</param>
    /// <exception cref="InvalidDataException">The graph doesn't take this input, or gives another shape.</exception>
    public float[] Run(ReadOnlySpan<float> input, long[] inputShape, long[] expectedShape)
    {
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(input.ToArray(), inputShape);
            using var outputs = session.Run(runOptions, session.InputNames, [value], session.OutputNames);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
            if (!shape.AsSpan().SequenceEqual(expectedShape))
            {
                throw new InvalidDataException(
                    $"'{path}' gives an output of shape [{string.Join(", ", shape)}], the network one of [{string.Join(", ", expectedShape)}]. Export the network again.");
            }

            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException(
                $"'{path}' can't be run on an input of shape [{string.Join(", ", inputShape)}]. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }
}
