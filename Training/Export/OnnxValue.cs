namespace OnnxAE.Training;

/// <summary>A tensor inside the graph being written.</summary>
/// <param name="Name">Its name while the graph is written; the file may have another.</param>
/// <param name="Shape">All its dimensions, the batch first; <see cref="Free"/> for one that is known at run time only.</param>
/// <param name="ElementType">What its numbers are.</param>
public sealed record OnnxValue(string Name, IReadOnlyList<long> Shape, OnnxElementType ElementType = OnnxElementType.Real)
{
    /// <summary>A dimension that the file leaves open.</summary>
    public const long Free = -1;

    /// <summary>Number of dimensions, the batch included.</summary>
    public int Rank => Shape.Count;

    /// <summary>The shape as it reads in messages: <c>[batch, 1, 28, 28]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape.Select((size, axis) => size != Free ? $"{size}" : axis == 0 ? OnnxNames.Batch : "?"))}]";
}

/// <summary>An input of a graph that has several.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions behind the batch.</param>
/// <param name="ElementType">What it holds.</param>
public sealed record OnnxInput(string Name, IReadOnlyList<long> Shape, OnnxElementType ElementType = OnnxElementType.Real);
