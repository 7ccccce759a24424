using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An input or output of an ONNX model as ML.NET sees it.</summary>
/// <param name="Name">The tensor's name, which is the column's too.</param>
/// <param name="Dimensions">The extents; 0 is unknown, except in front, where an unknown one is a batch of 1.</param>
/// <param name="Type">A vector, also for a scalar tensor of one dimension; the bare item type for a tensor of none.</param>
internal sealed record OnnxVariable(string Name, int[] Dimensions, DataViewType Type)
{
    public static OnnxVariable Create(string name, NodeMetadata metadata, int[] customShape)
    {
        if (!metadata.IsTensor)
            throw new NotSupportedException($"'{name}' is a {metadata.OnnxValueType} in the ONNX model, and only tensors are supported here.");
        PrimitiveDataViewType item = DataViewTypeExtensions.PrimitiveTypeOrNull(metadata.ElementType)
            ?? throw new NotSupportedException($"'{name}' has elements of type {metadata.ElementDataType} in the ONNX model, which no column can hold.");

        int[] shape = metadata.Dimensions;
        if (customShape != null)
        {
            if (!AreCompatible(customShape, shape))
            {
                throw new ArgumentOutOfRangeException(
                    $"The specified shape {string.Join(",", customShape)} is not compatible with the shape {string.Join(",", shape)} loaded from the ONNX model file. Only unknown dimension can replace or be replaced by another dimension.",
                    customShape,
                    "shapeDictionary");
            }
            DataViewType custom = customShape.All(d => d > 0) ? new VectorDataViewType(item, customShape) : new VectorDataViewType(item);
            return new OnnxVariable(name, Adjust(customShape), shape.Length > 0 ? custom : item);
        }

        int[] adjusted = Adjust(shape);
        DataViewType type = shape.Length == 0 ? item : adjusted.All(d => d > 0) ? new VectorDataViewType(item, adjusted) : new VectorDataViewType(item);
        return new OnnxVariable(name, adjusted, type);
    }

    private static int[] Adjust(int[] shape) =>
        shape.Length == 0 ? [1] : [.. shape.Select((d, i) => d > 0 ? d : i == 0 ? 1 : 0)];

    private static bool AreCompatible(int[] left, int[] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second || pair.First <= 0 || pair.Second <= 0);
}
