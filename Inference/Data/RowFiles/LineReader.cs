namespace OnnxAE.Inference;

/// <summary>Reads lines of text as bytes. A line may be no longer than the buffer: of a longer one only the end is looked for.</summary>
/// <param name="content">UTF-8 text; disposed with the reader.</param>
/// <param name="longest">Bytes of the longest line, its end included.</param>
internal sealed class LineReader(Stream content, int longest) : IDisposable
{
    private readonly byte[] _buffer = new byte[longest];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _isAtEnd;

    /// <summary>The present line without its end; empty where it is too long.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Number of the present line, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the present line is longer than a line can be.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool MoveNext()
    {
        IsTooLong = false;
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
                return TakeLine(searched + length, end: 1);
            searched = _end - _start;
            if (_isAtEnd)
                return (searched > 0 || IsTooLong) && TakeLine(searched, end: 0);
            if (searched == _buffer.Length)
            {
                IsTooLong = true;
                _start = _end = searched = 0;
            }

            Fill();
        }
    }

    public void Dispose() => content.Dispose();

    private bool TakeLine(int length, int end)
    {
        Number++;
        _lineStart = _start;
        _lineLength = IsTooLong ? 0 : length;
        _start += length + end;
        if (_lineLength > 0 && _buffer[_lineStart + _lineLength - 1] == '\r')
            _lineLength--;
        if (Number == 1 && Line.StartsWith<byte>([0xEF, 0xBB, 0xBF])) // UTF-8's mark
        {
            _lineStart += 3;
            _lineLength -= 3;
        }

        return true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read = content.Read(_buffer.AsSpan(_end));
        _end += read;
        _isAtEnd = read == 0;
    }
}
