using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// Runs a model on many rows at once. ONNX Runtime reads and writes pinned arrays of ours, made once and used for every
/// batch; one cursor's own, not to be shared between threads.
/// </summary>
internal sealed class BatchRunner : IDisposable
{
    private readonly OnnxModelDefinition _definition;
    private readonly SharedSession.Lease _lease;
    private readonly RunOptions _runOptions = new();
    private readonly TensorSpec[] _outputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly float[][] _inputValues;
    private readonly float[][] _outputValues;
    private OrtValue[] _inputTensors = [];
    private OrtValue[] _outputTensors = [];
    private int _tensorRows;

    /// <param name="definition">The model.</param>
    /// <param name="lease">A hold on its session; disposed with the runner.</param>
    /// <param name="outputs">Indices of the outputs to compute.</param>
    /// <param name="capacity">Most rows of a batch.</param>
    public BatchRunner(OnnxModelDefinition definition, SharedSession.Lease lease, IEnumerable<int> outputs, int capacity)
    {
        _definition = definition;
        _lease = lease;
        _outputs = [.. outputs.Select(i => definition.Outputs[i])];
        _inputNames = [.. definition.Inputs.Select(t => t.Name)];
        _outputNames = [.. _outputs.Select(t => t.Name)];
        _inputValues = [.. definition.Inputs.Select(t => Allocate(t, capacity))];
        _outputValues = [.. _outputs.Select(t => Allocate(t, capacity))];
    }

    /// <summary>Where to write a row of an input.</summary>
    public Span<float> InputRow(int input, int slot)
    {
        int size = _definition.Inputs[input].RowSize;
        return _inputValues[input].AsSpan(slot * size, size);
    }

    /// <summary>A row of an output; the number counts among the outputs that are computed.</summary>
    public ReadOnlySpan<float> OutputRow(int output, int slot)
    {
        int size = _outputs[output].RowSize;
        return _outputValues[output].AsSpan(slot * size, size);
    }

    /// <summary>Computes the outputs of the first rows.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public void Run(int rows)
    {
        try
        {
            if (rows != _tensorRows)
            {
                Release();
                _inputTensors = [.. _definition.Inputs.Select((t, i) => Wrap(t, _inputValues[i], rows))];
                _outputTensors = [.. _outputs.Select((t, i) => Wrap(t, _outputValues[i], rows))];
                _tensorRows = rows;
            }

            _lease.Session.Run(_runOptions, _inputNames, _inputTensors, _outputNames, _outputTensors);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException($"ONNX Runtime failed to run '{_definition.Source}' on {rows} rows: {SessionSettings.FirstLine(e)}", e);
        }
    }

    public void Dispose()
    {
        Release();
        _runOptions.Dispose();
        _lease.Dispose();
    }

    private static float[] Allocate(TensorSpec tensor, int capacity)
        => GC.AllocateUninitializedArray<float>(checked(capacity * tensor.RowSize), pinned: true);

    private static OrtValue Wrap(TensorSpec tensor, float[] values, int rows)
        => OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, values.AsMemory(0, rows * tensor.RowSize), tensor.BatchShape(rows));

    private void Release()
    {
        foreach (OrtValue tensor in _inputTensors.Concat(_outputTensors))
            tensor.Dispose();
        _inputTensors = [];
        _outputTensors = [];
        _tensorRows = 0;
    }
}
