using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Tensors of a file against those that they are to fill.</summary>
internal static class TensorMatch
{
    /// <summary>Demands the same names, types and shapes.</summary>
    /// <exception cref="InvalidDataException">One is missing, too many, or another; the message names it.</exception>
    public static void Require(IReadOnlyDictionary<string, Tensor> found, IReadOnlyDictionary<string, Tensor> expected)
    {
        foreach ((string name, Tensor target) in expected)
        {
            if (!found.TryGetValue(name, out Tensor? value))
            {
                throw new InvalidDataException($"The checkpoint lacks the tensor '{name}': it belongs to another network or optimizer.");
            }

            if (value.dtype != target.dtype || !value.shape.AsSpan().SequenceEqual(target.shape))
            {
                throw new InvalidDataException(
                    $"The checkpoint's tensor '{name}' is {Describe(value)} where this run has {Describe(target)}: it belongs to another network.");
            }
        }

        if (found.Keys.FirstOrDefault(name => !expected.ContainsKey(name)) is { } stray)
        {
            throw new InvalidDataException($"The checkpoint holds the tensor '{stray}', which this run has not: it belongs to another network or optimizer.");
        }
    }

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
