namespace OnnxAE.Inference.Onnx;

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
