using System.Numerics;
using System.Numerics.Tensors;

namespace OnnxAE.Inference;

/// <summary>
/// Looks at the first rows that a cursor reads: pixels of 0 to 255 for a model that expects 0 to 1, of 0 to 1 for one that
/// expects something else, or pixels that were divided by 255 once too often, would give nonsense, and no error.
/// </summary>
internal sealed class PixelRangeFeed<T>(InputFeed inner, TensorSpec tensor, int input, PixelRange range) : InputFeed
    where T : unmanaged, INumber<T>
{
    private const int Rows = 256;
    private const int FewestRows = 16; // a few pictures may well be all dark, or all pale
    private const float Room = 8; // noise takes pixels out of their range, but not so far
    private const string Advice = "give it as bytes, which are brought to this range, or bring the values to it, once.";

    private int _seen;
    private float _smallest = float.PositiveInfinity;
    private float _largest = float.NegativeInfinity;

    public override void Read(BatchScorer tensors, int row, int buffer)
    {
        inner.Read(tensors, row, buffer);
        if (_seen == Rows)
        {
            return;
        }

        _seen++;
        ReadOnlySpan<T> values = tensors.GetInput<T>(input)[row];
        float largest = float.CreateTruncating(TensorPrimitives.MaxMagnitude(values));
        if (MathF.Abs(largest) > Room * Math.Max(range.White, -range.Black))
        {
            throw Refuse(FormattableString.Invariant($"Found a value of {largest:g4}"), Advice);
        }

        _smallest = MathF.Min(_smallest, float.CreateTruncating(TensorPrimitives.Min(values)));
        _largest = MathF.Max(_largest, float.CreateTruncating(TensorPrimitives.Max(values)));
        if (_seen == Rows)
        {
            Judge();
        }
    }

    public override void Complete()
    {
        if (_seen is >= FewestRows and < Rows)
        {
            Judge();
        }
    }

    // What a picture may look like, but not all of them.
    private void Judge()
    {
        float darkGrey = range.White / byte.MaxValue;
        if (range.Black == 0 && MathF.Max(_largest, -_smallest) is > 0 and var most && most <= darkGrey)
        {
            throw Refuse(FormattableString.Invariant($"Found no value above {most:g4} in {_seen} rows"), "it seems to be divided once too often; " + Advice);
        }

        if (range.Black < 0 && _smallest >= 0 && _smallest <= darkGrey && _largest > range.White / 2)
        {
            throw Refuse(FormattableString.Invariant($"Found no value below {_smallest:g4} in {_seen} rows"), "it seems to be of 0 to 1; " + Advice);
        }

        if (range.Black > 0 && _largest > 0 && _largest <= 1)
        {
            throw Refuse(FormattableString.Invariant($"Found no value above {_largest:g4} in {_seen} rows"), "it seems to be of 0 to 1; " + Advice);
        }
    }

    private PixelRangeException Refuse(string found, string advice) => new(found, tensor.Name, range, advice);
}

/// <summary>Numbers can't be pixels of the range that a model's metadata names.</summary>
/// <param name="found">What was found.</param>
/// <param name="column">In which column.</param>
/// <param name="range">What was expected.</param>
/// <param name="advice">What to do about a column.</param>
internal sealed class PixelRangeException(string found, string column, PixelRange range, string advice)
    : InvalidOperationException($"{found} in the input column '{column}', expected {Describe(range)}: {advice}")
{
    /// <summary>What was found and expected, for those who know of no column and have other advice to give.</summary>
    public string Problem { get; } = $"{found}, expected {Describe(range)}";

    private static string Describe(PixelRange range) => FormattableString.Invariant($"pixels between {range.Black} and {range.White} ({range.Name})");
}
