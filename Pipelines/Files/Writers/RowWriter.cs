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

    /// <summary>Writes values that are missing.</summary>
    public abstract void AppendMissing(int count);

    /// <summary>Ends the row.</summary>
    public abstract void EndRow();

    /// <summary>Writes what belongs behind, or in front of, the last row.</summary>
    public abstract void Complete();

    /// <summary>Gives up what is not complete.</summary>
    public virtual void Dispose()
    {
    }
}
