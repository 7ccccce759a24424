namespace OnnxAE.Inference;

/// <summary>Reads forward, counts what it has read, and can look at the first bytes before they are read.</summary>
/// <param name="inner">The bytes; disposed with this.</param>
/// <param name="count">Told how many bytes were read.</param>
internal sealed class RowStream(Stream inner, Action<int>? count = null) : ReadOnlyStream
{
    private byte[] _peeked = [];
    private int _peekedRead;

    /// <summary>The first bytes, fewer at the end. To be called before anything is read.</summary>
    public ReadOnlySpan<byte> Peek(int bytes)
    {
        byte[] start = new byte[bytes];
        int read = inner.ReadAtLeast(start, bytes, throwOnEndOfStream: false);
        _peeked = start[..read];
        return _peeked;
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_peekedRead < _peeked.Length)
        {
            read = Math.Min(buffer.Length, _peeked.Length - _peekedRead);
            _peeked.AsSpan(_peekedRead, read).CopyTo(buffer);
            _peekedRead += read;
        }
        else
        {
            read = inner.Read(buffer);
        }

        count?.Invoke(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
