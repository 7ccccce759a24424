using Microsoft.ML;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>Where the values of an input come from.</summary>
/// <param name="Row">The row, or cursor, to read.</param>
/// <param name="Column">Its column.</param>
/// <param name="Tensor">The tensor to fill.</param>
/// <param name="Input">The tensor's number among the model's inputs.</param>
/// <param name="Kept">The column's buffer where it is read ahead anyway, so that it is computed only once; else null.</param>
internal sealed record InputSource(DataViewRow Row, DataViewSchema.Column Column, TensorSpec Tensor, int Input, ColumnBuffer? Kept);
