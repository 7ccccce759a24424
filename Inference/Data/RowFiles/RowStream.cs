using System.IO.Compression;

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
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

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
        {
            _inner?.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>
/// Unpacks gzip and notices when it is cut short, which <see cref="GZipStream"/> takes for its end. A gzip file may be
/// several ones in a row; so a last one of known content is added to what is read, and must come out at the end.
/// </summary>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    private const int BufferSize = 1 << 16;

    private static readonly byte[] Mark = [.. "OnnxAE: the end\x1A"u8];
    private static readonly byte[] PackedMark = Pack();

    private readonly string _name;
    private readonly GZipStream _content;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <param name="packed">A gzip file; disposed with this.</param>
    /// <param name="name">What to call it in messages.</param>
    public WholeGzipStream(Stream packed, string name)
    {
        _name = name;
        _content = new GZipStream(new Marked(packed), CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && _end - _start <= Mark.Length)
        {
            Fill();
        }

        int read = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read;
        try
        {
            read = _content.Read(_buffer.AsSpan(_end));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }

        _end += read;
        _isAtEnd = read == 0;
        if (_isAtEnd && !_buffer.AsSpan(0, _end).EndsWith(Mark))
        {
            throw Damaged(inner: null);
        }
    }

    private InvalidDataException Damaged(Exception? inner) => new($"'{_name}' holds a gzip stream that is damaged or cut short, expected a whole one.", inner);

    private static byte[] Pack()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(Mark);
        }

        return packed.ToArray();
    }

    private sealed class Marked(Stream packed) : ReadOnlyStream
    {
        private int _given;
        private bool _isAtMark;

        public override int Read(Span<byte> buffer)
        {
            if (!_isAtMark)
            {
                int read = packed.Read(buffer);
                if (read > 0 || buffer.Length == 0)
                {
                    return read;
                }

                _isAtMark = true;
            }

            int rest = Math.Min(buffer.Length, PackedMark.Length - _given);
            PackedMark.AsSpan(_given, rest).CopyTo(buffer);
            _given += rest;
            return rest;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                packed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

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
