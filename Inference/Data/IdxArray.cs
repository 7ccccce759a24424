namespace OnnxAE.Inference;

/// <summary>The content of an IDX file of unsigned bytes, the format of MNIST and its relatives.</summary>
/// <param name="dimensions">Size of every dimension, the outermost first.</param>
/// <param name="data">The values in row-major order; their number is the product of the dimensions.</param>
public sealed class IdxArray(IReadOnlyList<int> dimensions, ReadOnlyMemory<byte> data)
{
    /// <summary>Size of every dimension, the outermost first: [N, 28, 28] for images, [N] for labels.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>The values in row-major order.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;
}
