namespace OnnxAE.Training;

/// <summary>The arithmetic of sliding windows.</summary>
internal static class Windows
{
    /// <summary>What a window covers, its gaps included.</summary>
    public static long Span(long kernel, long dilation) => (dilation * (kernel - 1)) + 1;

    /// <summary>How many windows fit, the last one whole.</summary>
    public static long Count(OnnxGraph graph, long size, long padding, long span, long stride)
    {
        if (size == OnnxValue.Free)
        {
            return OnnxValue.Free;
        }

        graph.Require(size + padding >= span, $"looks at {span} numbers at once where there are {size + padding}, padding included.");
        return ((size + padding - span) / stride) + 1;
    }

    /// <summary>
    /// How many windows there are if the last may reach beyond the end, as libtorch counts them: one that would begin in the
    /// padding behind the end is left out. ONNX says so since opset 19 only, so the windows are written as padding instead.
    /// </summary>
    public static long CountWithPartial(long size, long padding, long span, long stride)
    {
        long count = ((size + (2 * padding) - span + stride - 1) / stride) + 1;
        return (count - 1) * stride >= size + padding ? count - 1 : count;
    }
}
