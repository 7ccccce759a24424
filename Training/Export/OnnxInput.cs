namespace OnnxAE.Training;

/// <summary>An input of a graph that has several.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions behind the batch.</param>
/// <param name="ElementType">What it holds.</param>
public sealed record OnnxInput(string Name, IReadOnlyList<long> Shape, OnnxElementType ElementType = OnnxElementType.Real);
