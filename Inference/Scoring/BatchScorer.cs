using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

/// <summary>
/// Scores batches by ONNX Runtime, one call a batch. Inputs and outputs are bound to the session once and used for every batch of as
/// many rows, so that a call on the CPU allocates nothing. Not to be used by two threads at once.
/// </summary>
/// <param name="definition">The model.</param>
/// <param name="capacity">Most rows.</param>
/// <param name="mayCopyInputs">Whether ONNX Runtime may run on a copy of the inputs, which is made when they are bound.</param>
internal sealed class BatchScorer(OnnxModelDefinition definition, int capacity, bool mayCopyInputs) : IDisposable
{
    private readonly TensorBuffer[] _inputs = [.. definition.Inputs.Select(t => t.Element.CreateBuffer(t, capacity))];
    private readonly TensorBuffer?[] _outputs = new TensorBuffer?[definition.Outputs.Count];
    private readonly RunOptions _runOptions = new();
    private OrtIoBinding? _binding;
    private OrtValue[] _values = [];
    private InferenceSession? _boundSession;
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
            {
                input.Repeat(rows - 1, computed - rows);
            }
        }

        try
        {
            if (computed != _boundRows || session != _boundSession || !outputs.AsSpan().SequenceEqual(_boundOutputs))
            {
                Bind(session, computed, outputs);
            }
            else if (mayCopyInputs)
            {
                BindInputs(_binding!);
            }

            session.RunWithBinding(_runOptions, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException($"ONNX Runtime failed to run '{definition.Source}' on {computed} rows: {SharedSession.FirstLine(e)}", e);
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
        List<OrtValue> values = [.. _inputs.Select(input => input.Wrap(rows))];
        foreach (int output in outputs)
        {
            TensorBuffer buffer = _outputs[output] ??= definition.Outputs[output].Element.CreateBuffer(definition.Outputs[output], capacity);
            values.Add(buffer.Wrap(rows));
            _binding.BindOutput(buffer.Tensor.Name, values[^1]);
        }

        _values = [.. values];
        BindInputs(_binding);
        _boundOutputs = outputs;
        _boundRows = rows;
        _boundSession = session;
    }

    private void BindInputs(OrtIoBinding binding)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            binding.BindInput(_inputs[i].Tensor.Name, _values[i]);
        }

        binding.SynchronizeBoundInputs();
    }

    private void Unbind()
    {
        _boundRows = 0;
        _binding?.Dispose();
        _binding = null;
        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }

        _values = [];
    }
}

/// <summary>Memory for a batch of rows of one tensor, which ONNX Runtime reads or writes in place.</summary>
/// <param name="tensor">The tensor.</param>
internal abstract class TensorBuffer(TensorSpec tensor)
{
    public TensorSpec Tensor => tensor;

    /// <summary>The first rows, as ONNX Runtime takes them; the caller disposes it.</summary>
    public abstract OrtValue Wrap(int rows);

    /// <summary>Copies a row over the rows behind it: what a model of a fixed batch size gets where rows are missing.</summary>
    public abstract void Repeat(int row, int count);
}

/// <summary>
/// A pinned array: nothing is copied on the way to ONNX Runtime and back. ONNX Runtime needs no handle to pin it by, which it
/// would free only with a value that is disposed; nobody disposes those of a prediction engine.
/// </summary>
internal sealed class TensorBuffer<T>(TensorSpec tensor, int capacity) : TensorBuffer(tensor)
    where T : unmanaged
{
    private readonly T[] _values = GC.AllocateUninitializedArray<T>(checked(capacity * tensor.RowSize), pinned: true);
    private readonly int _rowSize = tensor.RowSize;

    /// <summary>The values of a row.</summary>
    public Span<T> this[int row] => _values.AsSpan(row * _rowSize, _rowSize);

    public override OrtValue Wrap(int rows)
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.CreateFromPinnedArray(_values, 0, rows * _rowSize), Tensor.BatchShape(rows));

    public override void Repeat(int row, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            this[row].CopyTo(this[row + i]);
        }
    }
}

/// <summary>Tells which tensors hold the present row's outputs, computed, and which of their rows it is.</summary>
internal delegate BatchScorer RowLocator(out int row);
