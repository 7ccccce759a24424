using System.Numerics;

namespace OnnxAE.Pipelines;

/// <summary>Writes rows, one after the other; nothing of them is kept.</summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>Begins a row.</summary>
    /// <param name="row">Its number in the input, counted from 0.</param>
    /// <param name="name">What it is called there; null where it has no name.</param>
    public abstract void BeginRow(long row, string? name);

    /// <summary>Writes some of the row's values.</summary>
    public abstract void Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>;

    /// <summary>Writes a text, where the format has a place for one.</summary>
    public virtual void AppendText(string text) => throw new NotSupportedException("Only csv has a place for texts.");

    /// <summary>Writes values that are missing, where the format has a place for them.</summary>
    public virtual void AppendMissing(int count) => throw new NotSupportedException("Pixels can't be missing.");

    /// <summary>Ends the row.</summary>
    public virtual void EndRow()
    {
    }

    /// <summary>Writes what belongs behind, or in front of, the last row.</summary>
    public abstract void Complete();

    /// <summary>Gives up what is not complete.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>Writes rows behind a header that says how many they are.</summary>
/// <param name="target">Where to; stays open.</param>
/// <param name="announced">Number of rows; null writes it at the end, into the beginning of a stream that can seek.</param>
internal abstract class CountedRowWriter(Stream target, long? announced) : RowWriter
{
    private long _rows;

    /// <summary>Where to.</summary>
    protected Stream Target => target;

    public override void BeginRow(long row, string? name) => _rows++;

    public override void Complete()
    {
        if (announced is null)
        {
            target.Position = 0;
            target.Write(Header(_rows));
        }
        else if (announced != _rows)
        {
            throw new InvalidDataException($"{_rows:N0} rows were written behind a header that announces {announced:N0}; the output is of no use.");
        }

        target.Flush();
    }

    /// <summary>Writes the header. Constructors call it.</summary>
    protected void WriteHeader() => target.Write(Header(announced ?? 0));

    /// <summary>The header of so many rows; always of the same length.</summary>
    protected abstract byte[] Header(long count);
}
