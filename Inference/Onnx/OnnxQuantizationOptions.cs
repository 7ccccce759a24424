namespace OnnxAE.Inference;

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
