namespace OnnxAE.Inference;

/// <summary>An input or output of a graph as a batch sees it.</summary>
/// <param name="Name">Name of the tensor, and of the column.</param>
/// <param name="Element">Type of the values.</param>
/// <param name="RowShape">Shape of one row, the batch dimension (1) included.</param>
/// <param name="BatchRows">Size of the first dimension; 0 where it is free.</param>
internal sealed record TensorSpec(string Name, TensorElement Element, IReadOnlyList<int> RowShape, int BatchRows)
{
    /// <summary>Number of values in one row.</summary>
    public int RowSize { get; } = RowShape.Aggregate(1, (size, dimension) => checked(size * dimension));

    /// <summary>Bytes of one row.</summary>
    public long RowBytes => (long)RowSize * Element.Size;

    /// <summary>The shape of several rows.</summary>
    public long[] BatchShape(int rows) => [.. RowShape.Select((dimension, i) => i == 0 ? rows : (long)dimension)];

    /// <summary>Describes a tensor of numbers with no open dimension but the first.</summary>
    /// <exception cref="InvalidDataException">The tensor is of another kind.</exception>
    public static TensorSpec Of(ValueInfoProto value, string source)
    {
        if (value.Type?.TensorType is not { Shape.Dim.Count: > 0 } tensor || TensorElement.Find(tensor.ElemType) is not { } element)
        {
            throw new InvalidDataException(
                $"The tensor '{value.Name}' of '{source}' is {Describe(value)}, expected one of {TensorElement.Names} with at least one dimension: export the model with such tensors alone, or use ML.NET's own ApplyOnnxModel.");
        }

        if (!tensor.Shape.Dim.Skip(1).All(IsKnown))
        {
            throw new InvalidDataException($"The tensor '{value.Name}' of '{source}' is {Describe(value)}, expected no open dimension after the first: export the model with that size fixed.");
        }

        try
        {
            int batchRows = IsKnown(tensor.Shape.Dim[0]) ? checked((int)tensor.Shape.Dim[0].DimValue) : 0;
            return new TensorSpec(value.Name, element, [1, .. tensor.Shape.Dim.Skip(1).Select(d => checked((int)d.DimValue))], batchRows);
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
        {
            return "no tensor";
        }

        string shape = tensor.Shape is null ? "?" : string.Join(", ", tensor.Shape.Dim.Select(d => IsKnown(d) ? $"{d.DimValue}" : d.HasDimParam ? d.DimParam : "?"));
        return $"{((TensorProto.Types.DataType)tensor.ElemType).ToString().ToUpperInvariant()} [{shape}]";
    }
}
