using System.Numerics.Tensors;
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
        {
            watched.Graph.Output.Add(model.Graph.Output);
        }

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
        {
            throw new InvalidDataException($"The value '{name}' has a NaN or infinite number on the calibration rows, expected finite ones: give rows as the model was trained on.");
        }

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
                {
                    watch(histogram, outputs[i].GetTensorDataAsSpan<float>());
                }
            }

            if (Histograms.TryGetValue(_input.Name, out ValueHistogram? ofInput))
            {
                watch(ofInput, batch);
            }
        }
    }

    private delegate void Watch(ValueHistogram histogram, ReadOnlySpan<float> values);
}

/// <summary>The distribution of a value's numbers over calibration: first their extremes, then how many lie where.</summary>
internal sealed class ValueHistogram
{
    private const int Bins = 2048;
    private const double Tail = 1e-4; // of the numbers, that a percentile leaves out
    private const int Candidates = 64; // widths that are tried for the least squared error
    private const double NarrowestShare = 0.2; // of the whole width

    private readonly long[] _counts = new long[Bins];
    private float _smallest; // 0 lies in every range
    private float _largest;

    /// <summary>Whether no number is NaN or infinite.</summary>
    public bool IsFinite => float.IsFinite(_smallest) && float.IsFinite(_largest);

    /// <summary>First pass.</summary>
    public void AddExtremes(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }
        // Min and Max of these give NaN where there is one, and so does what follows.
        float smallest = TensorPrimitives.Min(values), largest = TensorPrimitives.Max(values);
        _smallest = float.IsNaN(smallest) ? float.NaN : Math.Min(_smallest, smallest);
        _largest = float.IsNaN(largest) ? float.NaN : Math.Max(_largest, largest);
    }

    /// <summary>Second pass, over the same numbers.</summary>
    public void AddCounts(ReadOnlySpan<float> values)
    {
        float width = (_largest - _smallest) / Bins;
        if (width <= 0)
        {
            return;
        }

        foreach (float value in values)
        {
            _counts[Math.Clamp((int)((value - _smallest) / width), 0, Bins - 1)]++;
        }
    }

    /// <summary>The range that a method chooses.</summary>
    public ValueRange Choose(CalibrationMethod method) => method switch
    {
        CalibrationMethod.MinMax => ValueRange.Of(_smallest, _largest),
        CalibrationMethod.Percentile => ValueRange.Of(Percentile(Tail), Percentile(1 - Tail)),
        _ => LeastSquares(),
    };

    private double Percentile(double share)
    {
        long wanted = (long)(share * _counts.Sum()), seen = 0;
        for (int i = 0; i < Bins; i++)
        {
            seen += _counts[i];
            if (seen > wanted)
            {
                return share < 0.5 ? Edge(i) : Edge(i + 1);
            }
        }

        return _largest;
    }

    private ValueRange LeastSquares()
    {
        ValueRange best = ValueRange.Of(_smallest, _largest);
        double least = Error(best);
        for (int i = 1; i < Candidates; i++)
        {
            double share = 1 - ((1 - NarrowestShare) * i / Candidates);
            ValueRange range = ValueRange.Of(_smallest * share, _largest * share);
            double error = Error(range);
            if (error < least)
            {
                (best, least) = (range, error);
            }
        }

        return best;
    }

    // By the middles of the bins; 0, which is most of what a ReLU gives, is always met.
    private double Error(ValueRange range)
    {
        double sum = 0;
        for (int i = 0; i < Bins; i++)
        {
            if (_counts[i] == 0 || (Edge(i) <= 0 && Edge(i + 1) >= 0))
            {
                continue;
            }

            double middle = (Edge(i) + Edge(i + 1)) / 2;
            double difference = middle - range.Round(middle);
            // Within a range the middle is no better than any other number: a step's mean squared error is its square / 12.
            bool isClipped = Math.Abs(difference) > range.Scale;
            sum += _counts[i] * (isClipped ? difference * difference : range.Scale * (double)range.Scale / 12);
        }

        return sum;
    }

    private double Edge(int bin) => _smallest + ((_largest - (double)_smallest) * bin / Bins);
}

/// <summary>The range that the 256 steps of a byte are spread over; 0 lies in it and on a step.</summary>
/// <param name="Scale">The width of a step.</param>
/// <param name="ZeroPoint">The byte that means 0.</param>
internal readonly record struct ValueRange(float Scale, byte ZeroPoint)
{
    // Narrower ranges would make a scale whose product with that of the weights is no normal float.
    private const float Narrowest = 1e-12f;

    /// <summary>The range from a number to another; it is widened to hold 0.</summary>
    public static ValueRange Of(double smallest, double largest)
    {
        smallest = Math.Min(0, smallest);
        float scale = Math.Max((float)((Math.Max(0, largest) - smallest) / byte.MaxValue), Narrowest);
        return new(scale, (byte)Math.Clamp(Math.Round(-smallest / scale), 0, byte.MaxValue));
    }

    /// <summary>What a number becomes on its way through a byte.</summary>
    public double Round(double value) => (Math.Clamp(Math.Round(value / Scale) + ZeroPoint, 0, byte.MaxValue) - ZeroPoint) * Scale;
}
