namespace OnnxAE.Pipelines;

/// <summary>Peak signal-to-noise ratio of pictures with values in [0, 1].</summary>
/// <remarks>
/// The square error is averaged over every pixel of every picture added, then turned into decibels once: a picture
/// that happens to be perfect does not make the figure infinite.
/// </remarks>
internal sealed class Psnr
{
    private double squares;
    private long count;

    /// <summary>Adds one picture; both spans have one value a pixel.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size.</exception>
    public void Add(ReadOnlySpan<float> clean, ReadOnlySpan<float> other)
    {
        if (clean.Length != other.Length)
        {
            throw new ArgumentException($"A picture of {clean.Length} pixels cannot be compared with one of {other.Length}.", nameof(other));
        }

        for (int i = 0; i < clean.Length; i++)
        {
            double difference = (double)clean[i] - other[i];
            squares += difference * difference;
        }

        count += clean.Length;
    }

    /// <summary>The ratio in dB: 10 log10(1 / mean square error); infinite for equal pictures.</summary>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public double Decibels => count > 0
        ? -10 * Math.Log10(squares / count)
        : throw new InvalidOperationException("There is no signal-to-noise ratio of no pictures.");
}
