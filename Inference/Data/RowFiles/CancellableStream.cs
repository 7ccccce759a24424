namespace OnnxAE.Inference.Data.RowFiles;

/// <summary>A pipe whose reader can be called off while it waits for bytes that may never come.</summary>
/// <param name="inner">The pipe; disposed with this.</param>
/// <param name="cancellationToken">Ends a read with an <see cref="OperationCanceledException"/>.</param>
internal sealed class CancellableStream(Stream inner, CancellationToken cancellationToken) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            // A read that is called off keeps its thread until bytes come; the process ends before.
            Task<int> read = Task.Run(() => inner.Read(_buffer), CancellationToken.None);
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
            inner.Dispose();
        base.Dispose(disposing);
    }
}
