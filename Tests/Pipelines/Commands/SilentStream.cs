using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>A pipe that gives some bytes, and then waits until it is disposed.</summary>
internal sealed class SilentStream(byte[] bytes, Action onSilence) : ReadOnlyStream
{
    private readonly ManualResetEventSlim _end = new();
    private bool _isGiven;

    public override int Read(Span<byte> buffer)
    {
        if (!_isGiven)
        {
            _isGiven = true;
            bytes.CopyTo(buffer);
            return bytes.Length;
        }

        onSilence();
        _end.Wait();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _end.Set();
        base.Dispose(disposing);
    }
}
