using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Runs a model on rows and watches values within it.</summary>
internal sealed class Calibrator : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly TensorSpec _input;
    private readonly ReadOnlyMemory<float> _rows;
    private readonly int _batchSize;
    private readonly string _source;

    /// <param name="model">The model; not changed.</param>
    /// <param name="input">Its only input.</param>
    /// <param name="values">Names of the values to watch; the input may be among them.</param>
    /// <param name="rows">Rows of the input, one behind the other.</param>
    /// <param name="batchSize">Rows of a call.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime can't load the model.</exception>
    public Calibrator(ModelProto model, TensorSpec input, IReadOnlyCollection<string> values, ReadOnlyMemory<float> rows, int batchSize, string source)
    {
        (_input, _rows, _batchSize, _source) = (input, rows, batchSize, source);
        Histograms = values.ToDictionary(v => v, _ => new ValueHistogram());
        ModelProto watched = model.Clone();
        watched.Graph.Output.Clear();
        watched.Graph.Output.Add(values.Where(v => v != input.Name).Select(v => new ValueInfoProto
        {
            Name = v,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } },
        }));
        if (watched.Graph.Output.Count == 0)
            watched.Graph.Output.Add(model.Graph.Output);
        try
        {
            _session = new InferenceSession(watched.ToByteArray());
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime can't load '{source}'. ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }

    /// <summary>What was seen, by the values' names.</summary>
    public IReadOnlyDictionary<string, ValueHistogram> Histograms { get; }

    /// <summary>Runs all rows twice: for the extremes, and for what lies between them.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime can't run the model on them, or a number is not finite.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            Pass((histogram, values) => histogram.AddExtremes(values), cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime can't run '{_source}' on the calibration rows. ({e.Message.ReplaceLineEndings(" ")})", e);
        }

        if (Histograms.FirstOrDefault(h => !h.Value.IsFinite).Key is { } name)
            throw new InvalidDataException($"The value '{name}' has a NaN or infinite number on the calibration rows, expected finite ones: give rows as the model was trained on.");
        Pass((histogram, values) => histogram.AddCounts(values), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private void Pass(Watch watch, CancellationToken cancellationToken)
    {
        int count = _rows.Length / _input.RowSize;
        int size = _input.BatchRows > 0 ? _input.BatchRows : Math.Min(_batchSize, count);
        for (int start = 0; start + size <= count || (_input.BatchRows == 0 && start < count); start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(size, count - start);
            float[] batch = _rows.Slice(start * _input.RowSize, rows * _input.RowSize).ToArray();
            using OrtValue value = OrtValue.CreateTensorValueFromMemory(batch, _input.BatchShape(rows));
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, [_input.Name], [value], _session.OutputNames);
            for (int i = 0; i < outputs.Count; i++)
            {
                if (Histograms.TryGetValue(_session.OutputNames[i], out ValueHistogram? histogram))
                    watch(histogram, outputs[i].GetTensorDataAsSpan<float>());
            }

            if (Histograms.TryGetValue(_input.Name, out ValueHistogram? ofInput))
                watch(ofInput, batch);
        }
    }

    private delegate void Watch(ValueHistogram histogram, ReadOnlySpan<float> values);
}
