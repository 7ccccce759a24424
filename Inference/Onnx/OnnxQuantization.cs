namespace OnnxAE.Inference.Onnx;

/// <summary>A quantized model.</summary>
/// <param name="Model">Its bytes.</param>
/// <param name="Quantized">Names of the nodes that multiply integers now.</param>
/// <param name="Skipped">Names of those that could not be: their weights are computed, or in no form that ONNX Runtime multiplies.</param>
/// <param name="CalibrationRows">Rows that the ranges come from.</param>
public sealed record OnnxQuantization(byte[] Model, IReadOnlyList<string> Quantized, IReadOnlyList<string> Skipped, int CalibrationRows);
