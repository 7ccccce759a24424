namespace OnnxAE.Models;

/// <summary>The shape of a row: [channels, height, width] of a picture, or [n] of a row of numbers.</summary>
internal static class RowShape
{
    /// <summary>The grey pictures of 28x28 that the source documents train on.</summary>
    public static IReadOnlyList<int> Grey28 { get; } = [1, 28, 28];

    /// <summary>Numbers a row; 0 where a size is below 1, there is none, or a row would have more numbers than an array holds.</summary>
    public static int SizeOf(IReadOnlyList<int> shape)
    {
        long size = Math.Min(shape.Count, 1);
        foreach (int one in shape)
        {
            size = one < 1 ? 0 : size * one;
            size = size > Array.MaxLength ? 0 : size;
        }

        return (int)size;
    }

    /// <summary>Whether a row is a picture.</summary>
    public static bool IsPicture(IReadOnlyList<int> shape) => shape.Count == 3;

    /// <summary>A shape that a row can have.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static IReadOnlyList<int> Check(IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Count is 1 or 3 && SizeOf(shape) > 0
            ? shape
            : throw new ArgumentException($"The shape of a row is {Text(shape)}; expected [channels, height, width] of a picture or [n] of a row of numbers, all sizes above 0.", nameof(shape));
    }

    /// <summary>Such as <c>[3, 20, 45]</c>.</summary>
    public static string Text(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}
