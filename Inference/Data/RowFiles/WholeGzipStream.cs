using System.IO.Compression;

namespace OnnxAE.Inference;

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
            Fill();
        int read = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
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
            throw Damaged(inner: null);
    }

    private InvalidDataException Damaged(Exception? inner) => new($"'{_name}' holds a gzip stream that is damaged or cut short, expected a whole one.", inner);

    private static byte[] Pack()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(Mark);
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
                    return read;
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
                packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
