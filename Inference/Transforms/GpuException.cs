namespace OnnxAE.Inference.Transforms;

/// <summary>A GPU can't be used, and the CPU isn't allowed instead.</summary>
internal sealed class GpuException(string message, Exception inner) : InvalidOperationException(message, inner);
