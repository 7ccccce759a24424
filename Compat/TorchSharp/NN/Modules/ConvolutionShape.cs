namespace TorchSharp.Modules;

/// <summary>The sizes of a convolution; its lists have one number for each dimension.</summary>
internal sealed record ConvolutionShape(long InChannels, long OutChannels, long[] KernelSize)
{
    public long[] Stride { get; init; } = [1, 1];

    public long[]? Padding { get; init; }

    public Padding? PaddingType { get; init; }

    public long[] Dilation { get; init; } = [1, 1];

    public long[] OutputPadding { get; init; } = [0, 0];

    public long Groups { get; init; } = 1;

    public bool Transposed { get; init; }

    /// <summary>A pair, or a default for both of its numbers.</summary>
    public static long[] Pair((long, long)? values, long otherwise) =>
        values is var (first, second) ? [first, second] : [otherwise, otherwise];

    public long[] WeightSize() => Transposed
        ? [InChannels, OutChannels / Groups, .. KernelSize]
        : [OutChannels, InChannels / Groups, .. KernelSize];
}
