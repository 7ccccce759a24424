namespace OnnxAE.Training;

/// <summary>A tensor inside the graph being written.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="Shape">Its dimensions behind the batch dimension: [784] for a tensor [N, 784].</param>
internal sealed record GraphValue(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>The shape as it reads in messages.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape.Select(d => $"{d}").Prepend(OnnxNames.Batch))}]";
}
