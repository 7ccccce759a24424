using System.Globalization;
using Google.Protobuf;

namespace OnnxAE.Inference;

/// <summary>
/// Makes models that multiply integers: weights of 8 bits with a scale a channel, values of 8 bits with a range from
/// calibration, in the QDQ form (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
/// </summary>
public static class OnnxQuantizer
{
    /// <summary>The key in the metadata of a quantized model; its value says how it was made.</summary>
    public const string MetadataKey = "onnxae.quantization";

    private const long OldestOpset = 13; // DequantizeLinear with a scale a channel

    /// <summary>Whether a model has a layer that can be quantized.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds what would have to be trusted.</exception>
    public static bool HasLayers(string path) => QuantizationPlan.Of(Read(path).Graph).Layers.Count > 0;

    /// <summary>Quantizes the layers of a model: Gemm, MatMul and Conv with stored weights. Everything else stays as it is.</summary>
    /// <param name="path">An ONNX file of one input of floats, its first dimension the batch.</param>
    /// <param name="rows">Rows as the model will see them, some hundred, one behind the other.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at before every call of the model.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, holds what would have to be trusted (operators of other sets, sparse tensors, graphs within
    /// nodes), is quantized already, has nothing to quantize or an operator set below 13, or gives NaN or fails on the rows.
    /// </exception>
    /// <exception cref="ArgumentException">The rows don't fit the input.</exception>
    public static OnnxQuantization Quantize(
        string path, ReadOnlyMemory<float> rows, OnnxQuantizationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new OnnxQuantizationOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        ModelProto model = Read(path);
        if (model.StandardOpset() < OldestOpset)
        {
            throw new InvalidDataException($"'{path}' has the operator set {model.StandardOpset()}, expected {OldestOpset} or higher, which knows a scale a channel: export it again.");
        }

        if (model.Graph.Node.Any(n => n.OpType is "QuantizeLinear" or "DequantizeLinear"))
        {
            throw new InvalidDataException($"'{path}' is quantized already, expected a model of floats.");
        }

        TensorSpec input = InputOf(model.Graph, path);
        int count = rows.Length / input.RowSize;
        if (count < Math.Max(1, input.BatchRows) || rows.Length % input.RowSize != 0)
        {
            throw new ArgumentException($"{rows.Length:N0} numbers were given, expected whole rows of {input.RowSize:N0} for '{path}', at least {Math.Max(1, input.BatchRows)} of them.", nameof(rows));
        }

        var plan = QuantizationPlan.Of(model.Graph);
        if (plan.Layers.Count == 0)
        {
            throw new InvalidDataException($"'{path}' has no Gemm, MatMul or Conv with stored weights, expected at least one: there is nothing to quantize.");
        }

        using Calibrator calibrator = new(model, input, [.. plan.Values.Keys], rows, options.BatchSize, path);
        calibrator.Run(cancellationToken);
        var chosen = plan.Values.Values.Distinct().ToDictionary(v => v, v => calibrator.Histograms[v].Choose(options.Method));
        var ranges = plan.Values.ToDictionary(v => v.Key, v => chosen[v.Value]);
        string[] layers = [.. plan.Layers.Select(l => l.Node.Name.Length > 0 ? l.Node.Name : l.Node.Output[0])];
        new QdqWriter(model.Graph, plan, ranges, options, path).Write();
        model.MetadataProps.Add(new StringStringEntryProto
        {
            Key = MetadataKey,
            Value = string.Create(
                CultureInfo.InvariantCulture,
                $"weights int8 a channel{(options.ReduceRange ? ", 7 bits" : "")}; values uint8, {options.Method} over {count} rows"),
        });
        return new OnnxQuantization(model.ToByteArray(), layers, plan.Skipped, count);
    }

    private static ModelProto Read(string path)
    {
        ModelProto model = OnnxModelReader.Read(path);
        ForeignModel.Require(model, path, "quantized");
        return model;
    }

    private static TensorSpec InputOf(GraphProto graph, string path)
    {
        ValueInfoProto[] inputs = [.. graph.FreeInputs()];
        TensorSpec? only = inputs is [var value] ? TensorSpec.Of(value, path) : null;
        return only is not null && inputs[0].Type.TensorType.ElemType == (int)TensorProto.Types.DataType.Float
            ? only
            : throw new InvalidDataException($"'{path}' takes {string.Join("; ", inputs.Select(OnnxTensorInfo.Of))}, expected one input of floats.");
    }
}

/// <summary>How a model is quantized.</summary>
public sealed record OnnxQuantizationOptions
{
    /// <summary>How the ranges of values are chosen.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.SquaredError;

    /// <summary>
    /// Whether weights take 7 bits of the 8: processors without VNNI add products of 8 bits in 16, which can overflow
    /// (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html, "When to use reduce-range").
    /// </summary>
    public bool ReduceRange { get; init; }

    /// <summary>Rows of a calibration call, 1 or more; what a model of a fixed batch size takes goes before it.</summary>
    public int BatchSize { get; init; } = 64;
}

/// <summary>How the range of a value is chosen from what calibration showed.</summary>
public enum CalibrationMethod
{
    /// <summary>The range with the least squared error of all that lie within the smallest and the largest number.</summary>
    SquaredError,

    /// <summary>All but the outermost 0.01 % of the numbers.</summary>
    Percentile,

    /// <summary>From the smallest number to the largest.</summary>
    MinMax,
}

/// <summary>A quantized model.</summary>
/// <param name="Model">Its bytes.</param>
/// <param name="Quantized">Names of the nodes that multiply integers now.</param>
/// <param name="Skipped">Names of those that could not be: their weights are computed, or in no form that ONNX Runtime multiplies.</param>
/// <param name="CalibrationRows">Rows that the ranges come from.</param>
public sealed record OnnxQuantization(byte[] Model, IReadOnlyList<string> Quantized, IReadOnlyList<string> Skipped, int CalibrationRows);
