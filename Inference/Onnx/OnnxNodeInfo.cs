namespace OnnxAE.Inference.Onnx;

/// <summary>A node of a graph.</summary>
/// <param name="Name">Its name; that of its first output where it has none.</param>
/// <param name="Operator">Such as <c>Gemm</c>; with its set before it where that is not the standard one.</param>
/// <param name="Output">Its first output; type and shape as far as they can be computed from the graph's inputs.</param>
/// <param name="Parameters">Stored numbers that it uses; what several nodes use counts for the first.</param>
/// <param name="Bytes">Bytes of these.</param>
public sealed record OnnxNodeInfo(string Name, string Operator, OnnxTensorInfo Output, long Parameters, long Bytes);
