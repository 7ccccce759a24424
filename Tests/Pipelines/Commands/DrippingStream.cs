using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>A pipe that gives the same bytes so many times, each time after something has been done.</summary>
internal sealed class DrippingStream(byte[] bytes, int times, Action before) : ReadOnlyStream
{
    private int _left = times;

    public override int Read(Span<byte> buffer)
    {
        if (_left-- <= 0)
        {
            return 0;
        }

        before();
        bytes.CopyTo(buffer);
        return bytes.Length;
    }
}
