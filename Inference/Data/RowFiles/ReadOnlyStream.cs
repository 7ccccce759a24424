namespace OnnxAE.Inference;

/// <summary>A stream that only reads forward.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("This stream has no length: it is read forward only.");

    public override long Position
    {
        get => throw new NotSupportedException("This stream has no position: it is read forward only.");
        set => throw new NotSupportedException("This stream can't be moved: it is read forward only.");
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("This stream can't be moved: it is read forward only.");

    public override void SetLength(long value) => throw new NotSupportedException("This stream can't be written to.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream can't be written to.");
}
