namespace OnnxAE.Inference;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">Such as <c>float</c>; <c>unknown</c> where the file does not say.</param>
/// <param name="Shape">One entry a dimension: a size, the name of a free one, or <c>?</c>.</param>
public sealed record OnnxTensorInfo(string Name, string ElementType, IReadOnlyList<string> Shape)
{
    /// <summary>As in <c>pixels: float [batch, 784]</c>.</summary>
    public override string ToString() => $"{Name}: {ElementType} [{string.Join(", ", Shape)}]";

    internal static OnnxTensorInfo Of(ValueInfoProto value)
    {
        TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
        int code = tensor?.ElemType ?? 0;
        string type = code > 0 && Enum.IsDefined((TensorProto.Types.DataType)code)
            ? ((TensorProto.Types.DataType)code).ToString().ToLowerInvariant()
            : "unknown";
        IEnumerable<TensorShapeProto.Types.Dimension> dimensions = tensor?.Shape?.Dim ?? [];
        return new OnnxTensorInfo(value.Name, type, [.. dimensions.Select(SizeOf)]);
    }

    private static string SizeOf(TensorShapeProto.Types.Dimension dimension) =>
        dimension.HasDimValue ? $"{dimension.DimValue}" : dimension.HasDimParam ? dimension.DimParam : "?";
}
