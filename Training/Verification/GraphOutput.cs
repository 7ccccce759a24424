using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>What a graph gave.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="ElementType">Type of its numbers.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its numbers, row-major; empty unless they are floats.</param>
internal sealed record GraphOutput(string Name, TensorElementType ElementType, IReadOnlyList<long> Shape, float[] Values)
{
    /// <summary>Whether it holds 32-bit floats in a shape, as TorchSharp's output does.</summary>
    public bool IsLike(ScalarType type, IEnumerable<long> shape) =>
        ElementType == TensorElementType.Float && type == ScalarType.Float32 && Shape.SequenceEqual(shape);

    /// <summary>Copies an output of ONNX Runtime.</summary>
    public static GraphOutput Of(string name, OrtValue value)
    {
        OrtTensorTypeAndShapeInfo information = value.GetTensorTypeAndShape();
        TensorElementType type = information.ElementDataType;
        return new GraphOutput(name, type, information.Shape, type == TensorElementType.Float ? value.GetTensorDataAsSpan<float>().ToArray() : []);
    }
}
