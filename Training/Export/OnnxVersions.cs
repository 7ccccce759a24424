namespace OnnxAE.Training;

/// <summary>The operator sets that can be written, and the version of the file format that appeared with each (ONNX, docs/Versioning.md).</summary>
public static class OnnxVersions
{
    /// <summary>The oldest operator set: the first with Softmax along one axis and axes as inputs of ReduceSum.</summary>
    public const int OldestOpset = 13;

    /// <summary>The newest.</summary>
    public const int NewestOpset = 21;

    /// <summary>What is written where nothing else is asked for: every runtime since ONNX Runtime 1.12 reads it.</summary>
    public const int DefaultOpset = 17;

    /// <summary>The version of the file format that belongs to an operator set.</summary>
    /// <param name="opset">13 to 21.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another.</exception>
    public static int IrVersion(int opset) => opset switch
    {
        13 or 14 => 7,
        >= 15 and <= 18 => 8,
        19 or 20 => 9,
        21 => 10,
        _ => throw new ArgumentOutOfRangeException(
            nameof(opset), $"The operator set {opset} can't be written; expected {OldestOpset} to {NewestOpset}."),
    };
}
