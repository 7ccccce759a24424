using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The bytes of tensors on any device.</summary>
internal static class TensorBytes
{
    /// <summary>What looks at a tensor's bytes.</summary>
    public delegate void Reader(ReadOnlySpan<byte> bytes);

    /// <summary>What fills a tensor's bytes.</summary>
    public delegate void Writer(Span<byte> bytes);

    /// <summary>Shows the elements' bytes, row-major.</summary>
    public static void Read(Tensor tensor, Reader read)
    {
        using var scope = NewDisposeScope();
        if (tensor.numel() > 0)
        {
            read(tensor.detach().cpu().contiguous().bytes);
        }
    }

    /// <summary>Fills a tensor that lies in main memory.</summary>
    public static void Fill(Tensor tensor, Writer write)
    {
        if (tensor.numel() > 0)
        {
            write(tensor.bytes);
        }
    }
}
