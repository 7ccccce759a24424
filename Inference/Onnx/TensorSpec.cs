namespace OnnxAE.Inference.Onnx;

/// <summary>An input or output of a graph as a batch sees it.</summary>
/// <param name="Name">Name of the tensor, and of the column.</param>
/// <param name="RowShape">Shape of one row, the batch dimension (1) included.</param>
/// <param name="IsBatchOpen">Whether the first dimension may have any size.</param>
internal sealed record TensorSpec(string Name, IReadOnlyList<int> RowShape, bool IsBatchOpen)
{
    /// <summary>Number of values in one row.</summary>
    public int RowSize { get; } = RowShape.Aggregate(1, (size, dimension) => checked(size * dimension));

    /// <summary>The shape of several rows.</summary>
    public long[] BatchShape(int rows) => [.. RowShape.Select((dimension, i) => i == 0 && IsBatchOpen ? rows : (long)dimension)];

    /// <summary>Describes a tensor of Single with no open dimension but the first.</summary>
    /// <exception cref="InvalidDataException">The tensor is of another kind.</exception>
    public static TensorSpec Of(ValueInfoProto value, string source)
    {
        if (value.Type?.TensorType is not { Shape.Dim.Count: > 0 } tensor || tensor.ElemType != (int)TensorProto.Types.DataType.Float)
            throw new InvalidDataException($"The tensor '{value.Name}' of '{source}' is {Describe(value)}, expected one of FLOAT with at least one dimension.");
        bool isBatchOpen = !IsKnown(tensor.Shape.Dim[0]);
        if (!tensor.Shape.Dim.Skip(1).All(IsKnown))
            throw new InvalidDataException($"The tensor '{value.Name}' of '{source}' is {Describe(value)}, expected no open dimension after the first.");
        try
        {
            return new TensorSpec(value.Name, [.. tensor.Shape.Dim.Select((d, i) => i == 0 && isBatchOpen ? 1 : checked((int)d.DimValue))], isBatchOpen);
        }
        catch (OverflowException e)
        {
            throw new InvalidDataException($"The tensor '{value.Name}' of '{source}' is {Describe(value)}, expected at most {int.MaxValue:N0} values a row.", e);
        }
    }

    private static bool IsKnown(TensorShapeProto.Types.Dimension dimension) => dimension is { HasDimValue: true, DimValue: > 0 };

    private static string Describe(ValueInfoProto value)
    {
        if (value.Type?.TensorType is not { } tensor)
            return "no tensor";
        string shape = tensor.Shape is null ? "?" : string.Join(", ", tensor.Shape.Dim.Select(d => IsKnown(d) ? $"{d.DimValue}" : d.HasDimParam ? d.DimParam : "?"));
        return $"{((TensorProto.Types.DataType)tensor.ElemType).ToString().ToUpperInvariant()} [{shape}]";
    }
}
