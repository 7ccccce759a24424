namespace OnnxAE.Inference;

/// <summary>Tells which tensors hold the present row's outputs, computed, and which of their rows it is.</summary>
internal delegate BatchTensors RowLocator(out int row);
