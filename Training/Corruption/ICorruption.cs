using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Damages rows while their clean versions stay the target. An implementation draws only from the generator that it
/// is given, so that a run's seed decides every corrupted value; its <c>ToString</c> is the notation that
/// <see cref="CorruptionNotation.Parse"/> reads back.
/// </summary>
public interface ICorruption
{
    /// <summary>Returns damaged rows and leaves the clean ones as they are.</summary>
    /// <param name="clean">Pictures, [N, channels, height, width], their pixels in [0, 1]; or rows of any numbers, [N, numbers].</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The same shape; pixels still in [0, 1].</returns>
    Tensor Apply(Tensor clean, Generator generator);
}

/// <summary>Several corruptions, one after the other; neighbouring deformations are added up, so that pictures are interpolated once.</summary>
/// <param name="steps">At least one, in their order.</param>
public sealed class CorruptionChain(params IReadOnlyList<ICorruption> steps) : ICorruption
{
    private readonly ICorruption[] _steps = steps is { Count: > 0 }
        ? [.. steps]
        : throw new ArgumentException("A chain of corruptions needs at least one; pass null where images should stay clean.", nameof(steps));

    private readonly ICorruption[] _passes = [.. Join([.. steps])]; // the steps, neighbouring deformations as one

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator) => _passes.Aggregate(clean, (images, pass) => pass.Apply(images, generator));

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", _steps.AsEnumerable());

    private static IEnumerable<ICorruption> Join(ICorruption[] steps)
    {
        for (int i = 0; i < steps.Length;)
        {
            IDeformation[] deformations = [.. steps.Skip(i).TakeWhile(step => step is IDeformation).Cast<IDeformation>()];
            yield return deformations.Length > 1 ? new JointDeformation(deformations) : steps[i];
            i += Math.Max(deformations.Length, 1);
        }
    }
}

/// <summary>Corruptions as text, for the command line, run files and the catalogue: <c>gaussian(0, 0.5) + masking(0.25)</c>.</summary>
public static class CorruptionNotation
{
    private const string Expected =
        "Expected gaussian(mean, deviation), masking(fraction), salt-and-pepper(fraction), affine(degrees, scale, shear, shift, aspect), elastic(strength, cells), "
        + "mirror(share), stroke(thicker share, thinner share), cutout(share, least side, most side), gamma(limit) or gain(least, most), several joined by +, or none; "
        + "the aspect may be left out.";

    /// <summary>Reads the notation.</summary>
    /// <param name="text">
    /// One or more of <c>gaussian(mean, deviation)</c>, <c>masking(fraction)</c>, <c>salt-and-pepper(fraction)</c>,
    /// <c>affine(degrees, scale, shear, shift)</c>, the same with an aspect behind, <c>elastic(strength, cells)</c>,
    /// <c>mirror(share)</c>, <c>stroke(thicker, thinner)</c>, <c>cutout(share, least, most)</c>, <c>gamma(limit)</c> and
    /// <c>gain(least, most)</c> joined by +; null, blank or <c>none</c> for clean images.
    /// </param>
    /// <returns>The corruption, or null for none.</returns>
    /// <exception cref="FormatException">The text is none of these.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static ICorruption? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        ICorruption[] steps = [.. TermNotation.Read(text).Select(Create)];
        return steps.Length == 1 ? steps[0] : new CorruptionChain(steps);
    }

    private static ICorruption Create((string Text, string Name, double[] Numbers) step) => (step.Name, step.Numbers) switch
    {
        ("GAUSSIAN", [var mean, var deviation]) => new GaussianNoise(mean, deviation),
        ("SALT-AND-PEPPER", [var fraction]) => new SaltAndPepperNoise(fraction),
        ("MASKING", [var fraction]) => new MaskingNoise(fraction),
        ("AFFINE", [var degrees, var scale, var shear, var shift]) => new RandomAffine(degrees, scale, shear, shift),
        ("AFFINE", [var degrees, var scale, var shear, var shift, var aspect]) => new RandomAffine(degrees, scale, shear, shift, aspect),
        ("ELASTIC", [var strength, var cells]) when IsWhole(cells) => new ElasticDeformation(strength, (int)cells),
        ("MIRROR", [var share]) => new Mirror(share),
        ("STROKE", [var thicker, var thinner]) => new StrokeWidth(thicker, thinner),
        ("CUTOUT", [var share, var least, var most]) when IsWhole(least) && IsWhole(most) => new CutOut(share, (int)least, (int)most),
        ("GAMMA", [var limit]) => new RandomGamma(limit),
        ("GAIN", [var least, var most]) => new RandomGain(least, most),
        _ => throw new FormatException($"'{step.Text}' is not a corruption. {Expected}"),
    };

    private static bool IsWhole(double number) => number is >= int.MinValue and <= int.MaxValue && number == (int)number;
}

/// <summary>Damaged copies of whole image sets, for showing and measuring what a denoiser does.</summary>
internal static class CorruptedImages
{
    private const int BatchSize = 500;

    /// <summary>Damages every image and rounds the result to the 256 grey values that a picture file has.</summary>
    /// <param name="images">The clean images; left as they are.</param>
    /// <param name="corruption">What is done to them.</param>
    /// <param name="seed">The same seed gives the same noise.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>A set of the same images, damaged, with the same labels.</returns>
    public static RowSet Create(RowSet images, ICorruption corruption, int seed, CancellationToken cancellationToken = default)
    {
        using var generator = new Generator((ulong)seed);
        var pixels = new byte[checked(images.Count * images.Size)];
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int count = Math.Min(BatchSize, images.Count - start);
            Tensor damaged = CorruptionTools.Apply(corruption, RowTensor.Load(images, start, count), images.Shape, generator); // [B, pixels]
            damaged.mul(255).round().to_type(ScalarType.Byte).bytes.CopyTo(pixels.AsSpan(start * images.Size));
        }

        return new RowSet(pixels, images.Shape, images.Labels, images.Classes);
    }
}

/// <summary>What corruptions share.</summary>
internal static class CorruptionTools
{
    /// <summary>A number within its range.</summary>
    /// <param name="value">The number.</param>
    /// <param name="limit">The largest that is allowed; the smallest is 0.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="what">What it is, as the beginning of a sentence.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public static double Require(double value, double limit, string name, string what) => value >= 0 && value <= limit
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{what} must lie between 0 and {limit}."));

    /// <summary>A share of images.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside [0, 1].</exception>
    public static double RequireShare(double share, string name) => Require(share, 1, name, $"The share of images that '{name}' names");

    /// <summary>Some numbers an image, uniform in [0, 1).</summary>
    public static float[] Draw(long images, int draws, Generator generator)
    {
        using Tensor drawn = empty((int)images, draws).uniform_(0, 1, generator);
        return drawn.data<float>().ToArray();
    }

    /// <summary>Rows for single numbers an image: [N, 1, ...], as many dimensions as the images have.</summary>
    public static long[] Column(Tensor images) => [images.shape[0], .. Enumerable.Repeat(1L, (int)images.ndim - 1)];

    /// <summary>Damages flat rows as what they are.</summary>
    /// <param name="corruption">What is done to them.</param>
    /// <param name="clean">Flat rows, [N, values].</param>
    /// <param name="shape">What a row is, such as [3, 32, 32].</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>[N, values].</returns>
    public static Tensor Apply(ICorruption corruption, Tensor clean, IReadOnlyList<int> shape, Generator generator) =>
        corruption.Apply(clean.reshape([clean.shape[0], .. shape]), generator).reshape(clean.shape);

    /// <summary>The shape of pictures: [N, channels, height, width].</summary>
    /// <exception cref="ArgumentException">The rows are no pictures.</exception>
    public static long[] PictureShape(Tensor pictures, string what) => pictures.shape is { Length: 4 } shape
        ? shape
        : throw new ArgumentException($"Rows of {string.Join(" x ", pictures.shape[1..])} numbers are no pictures; {what} needs pictures of a known height and width.", nameof(pictures));
}
