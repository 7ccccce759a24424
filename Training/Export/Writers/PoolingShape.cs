namespace OnnxAE.Training;

/// <summary>The windows of a pooling, one number an axis.</summary>
internal sealed record PoolingShape
{
    /// <summary>Takes a module's settings, where null and empty mean what they mean to libtorch.</summary>
    public PoolingShape(long[] kernel, long[]? stride, long[]? padding, long[]? dilation, bool countsPartial)
    {
        Kernel = kernel;
        Stride = stride is { Length: > 0 } ? stride : kernel;
        Padding = padding is { Length: > 0 } ? padding : new long[kernel.Length];
        EndPadding = Padding;
        Dilation = dilation is { Length: > 0 } ? dilation : [.. kernel.Select(_ => 1L)];
        CountsPartial = countsPartial;
    }

    /// <summary>Numbers a window.</summary>
    public long[] Kernel { get; init; }

    /// <summary>From one window to the next.</summary>
    public long[] Stride { get; init; }

    /// <summary>Padding before the first number.</summary>
    public long[] Padding { get; init; }

    /// <summary>Padding behind the last.</summary>
    public long[] EndPadding { get; init; }

    /// <summary>Steps between the numbers of a window.</summary>
    public long[] Dilation { get; init; }

    /// <summary>Whether the last window may reach beyond the end (TorchSharp's ceil_mode).</summary>
    public bool CountsPartial { get; init; }

    /// <summary>The output's dimensions; set by <see cref="For"/>.</summary>
    public long[] OutputShape { get; private init; } = [];

    /// <summary>Axes pooled.</summary>
    public int Axes => Kernel.Length;

    /// <summary>Padding before and behind, one pair an axis.</summary>
    public (long Begin, long End)[] PaddingPairs => [.. Padding.Zip(EndPadding)];

    /// <summary>The windows on an input: windows that reach beyond the end become padding behind it.</summary>
    public PoolingShape For(OnnxGraph graph, OnnxValue input)
    {
        graph.Require(input.Rank == Axes + 2, $"pools {Axes} dimensions, but gets {input.ShapeText}: expected batch, channels and {Axes} more.");
        long[] end = [.. Padding], counts = new long[Axes];
        for (int i = 0; i < Axes; i++)
        {
            long size = input.Shape[2 + i], span = Windows.Span(Kernel[i], Dilation[i]);
            if (!CountsPartial)
            {
                counts[i] = Windows.Count(graph, size, 2 * Padding[i], span, Stride[i]);
                continue;
            }

            graph.Require(size != OnnxValue.Free, $"has ceil_mode, which needs a fixed size along axis {2 + i} of {input.ShapeText}.");
            graph.Require(size + (2 * Padding[i]) + Stride[i] > span, $"looks at {span} numbers at once where there are {size}.");
            counts[i] = Windows.CountWithPartial(size, Padding[i], span, Stride[i]);
            end[i] = Math.Max(Padding[i], ((counts[i] - 1) * Stride[i]) + span - size - Padding[i]);
        }

        return this with { EndPadding = end, OutputShape = [.. input.Shape.Take(2), .. counts] };
    }
}
