namespace OnnxAE.Inference;

/// <summary>The length of an axis: a number, the name of a free one, or unknown.</summary>
/// <param name="Length">The number; below 0 where it is not known.</param>
/// <param name="Name">What the file calls a free length; null for a number or an unknown one.</param>
internal readonly record struct AxisSize(long Length, string? Name)
{
    /// <summary>Nothing is known.</summary>
    public static AxisSize Unknown { get; } = new(-1, null);

    /// <summary>One.</summary>
    public static AxisSize One { get; } = new(1, null);

    /// <summary>Whether it is a number.</summary>
    public bool IsKnown => Length >= 0;

    /// <summary>A number.</summary>
    public static implicit operator AxisSize(long length) => new(length, null);

    /// <summary>What a file declares.</summary>
    public static AxisSize Of(TensorShapeProto.Types.Dimension dimension)
        => dimension is { HasDimValue: true, DimValue: >= 0 } ? dimension.DimValue
            : dimension is { HasDimParam: true, DimParam.Length: > 0 } ? new AxisSize(-1, dimension.DimParam)
            : Unknown;

    /// <summary>As a file declares it.</summary>
    public TensorShapeProto.Types.Dimension ToProto()
        => IsKnown ? new() { DimValue = Length } : Name is null ? new() : new() { DimParam = Name };

    /// <summary>The product; of unknown lengths it is known only where nothing but ones is multiplied to one.</summary>
    public static AxisSize Product(IEnumerable<AxisSize> sizes)
    {
        AxisSize[] factors = [.. sizes.Where(s => s != One)];
        return factors.Length == 1 ? factors[0]
            : factors.All(f => f.IsKnown) ? factors.Aggregate(1L, (product, f) => checked(product * f.Length))
            : factors.Any(f => f.Length == 0) ? 0
            : Unknown;
    }

    /// <summary>What a function makes of a number; of an unknown length nothing is known afterwards.</summary>
    public AxisSize Select(Func<long, long> function) => IsKnown ? function(Length) : Unknown;

    /// <summary>Whether two can't be the same.</summary>
    public bool Contradicts(AxisSize other) => IsKnown && other.IsKnown && Length != other.Length;

    /// <inheritdoc/>
    public override string ToString() => IsKnown ? $"{Length}" : Name ?? "?";
}
