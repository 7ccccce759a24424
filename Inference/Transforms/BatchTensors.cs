using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// The inputs and outputs of one ONNX Runtime call. They are bound to the session once and used for every batch of as many
/// rows, so that a call allocates nothing. Not to be used by two threads at once.
/// </summary>
/// <param name="definition">The model.</param>
/// <param name="capacity">Most rows.</param>
internal sealed class BatchTensors(OnnxModelDefinition definition, int capacity) : IDisposable
{
    private readonly TensorBuffer[] _inputs = [.. definition.Inputs.Select(t => t.Element.CreateBuffer(t, capacity))];
    private readonly TensorBuffer?[] _outputs = new TensorBuffer?[definition.Outputs.Count];
    private readonly RunOptions _runOptions = new();
    private OrtIoBinding? _binding;
    private OrtValue[] _values = [];
    private int _boundRows;
    private int[] _boundOutputs = [];

    /// <summary>Most rows.</summary>
    public int Capacity => capacity;

    /// <summary>The rows of an input.</summary>
    public TensorBuffer<T> GetInput<T>(int input)
        where T : unmanaged
        => (TensorBuffer<T>)_inputs[input];

    /// <summary>The rows of an output that was computed.</summary>
    public TensorBuffer<T> GetOutput<T>(int output)
        where T : unmanaged
        => (TensorBuffer<T>)_outputs[output]!;

    /// <summary>Computes outputs of the first rows.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public void Run(InferenceSession session, int rows, int[] outputs)
    {
        int computed = definition.BatchRows > 0 ? definition.BatchRows : rows;
        if (rows < computed)
        {
            foreach (TensorBuffer input in _inputs)
                input.Repeat(rows - 1, computed - rows);
        }

        try
        {
            if (computed != _boundRows || !outputs.AsSpan().SequenceEqual(_boundOutputs))
                Bind(session, computed, outputs);
            session.RunWithBinding(_runOptions, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException($"ONNX Runtime failed to run '{definition.Source}' on {computed} rows: {SessionSettings.FirstLine(e)}", e);
        }
    }

    public void Dispose()
    {
        Unbind();
        _runOptions.Dispose();
    }

    private void Bind(InferenceSession session, int rows, int[] outputs)
    {
        Unbind();
        _binding = session.CreateIoBinding();
        List<OrtValue> values = [];
        foreach (TensorBuffer input in _inputs)
        {
            values.Add(input.Wrap(rows));
            _binding.BindInput(input.Tensor.Name, values[^1]);
        }

        foreach (int output in outputs)
        {
            TensorBuffer buffer = _outputs[output] ??= definition.Outputs[output].Element.CreateBuffer(definition.Outputs[output], capacity);
            values.Add(buffer.Wrap(rows));
            _binding.BindOutput(buffer.Tensor.Name, values[^1]);
        }

        _values = [.. values];
        _boundOutputs = outputs;
        _boundRows = rows;
    }

    private void Unbind()
    {
        _boundRows = 0;
        _binding?.Dispose();
        _binding = null;
        foreach (OrtValue value in _values)
            value.Dispose();
        _values = [];
    }
}
