namespace OnnxAE.Inference;

/// <summary>A pipe whose reader can be called off while it waits for a writer, or for bytes that may never come.</summary>
/// <param name="open">Opens the pipe when it is first read, which may have to wait; it is disposed with this.</param>
/// <param name="cancellationToken">Ends a read with an <see cref="OperationCanceledException"/>.</param>
internal sealed class CancellableStream(Func<Stream> open, CancellationToken cancellationToken) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private Stream? _inner;
    private int _start;
    private int _end;

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            // A read that is called off keeps its thread until bytes come; the process ends before.
            Task<int> read = Task.Run(() => (_inner ??= open()).Read(_buffer), CancellationToken.None);
            read.WaitAsync(cancellationToken).GetAwaiter().GetResult();
            (_start, _end) = (0, read.Result);
        }

        int given = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, given).CopyTo(buffer);
        _start += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !cancellationToken.IsCancellationRequested) // to close what is being read would wait for it
            _inner?.Dispose();
        base.Dispose(disposing);
    }
}
