using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>A corruption that reads each pixel from another place. Several in a row are one: pictures are interpolated only once.</summary>
internal interface IDeformation : ICorruption
{
    /// <summary>Moves the places where pixels are read.</summary>
    /// <param name="places">[N, side, side, 2], x and y in [-1, 1] across the picture; left as they are.</param>
    /// <param name="shape">The pictures' shape, [N, 1, side, side].</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The places moved, of the same shape.</returns>
    Tensor Move(Tensor places, long[] shape, Generator generator);
}

/// <summary>Neighbouring deformations with one interpolation: where a pixel is read is moved by the sum of what each would move it.</summary>
/// <param name="steps">At least one.</param>
internal sealed class JointDeformation(params IReadOnlyList<IDeformation> steps) : ICorruption
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.SquareShape(clean, $"the deformation '{this}'"); // [N, 1, side, side]
        Tensor identity = tensor(new float[] { 1, 0, 0, 0, 1, 0 }, [1, 2, 3]);
        Tensor places = functional.affine_grid(identity, [1, .. shape[1..]], align_corners: false).expand(shape[0], shape[2], shape[3], 2);
        foreach (IDeformation step in steps)
        {
            places = step.Move(places, shape, generator);
        }

        return functional.grid_sample(clean.reshape(shape), places.to(clean.device), align_corners: false).reshape(clean.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", steps);
}

/// <summary>
/// Bends each square image: a coarse grid of random displacements is smoothed over the picture by bilinear interpolation (after
/// Simard, Steinkraus and Platt, 2003); what comes in from outside is black.
/// </summary>
public sealed record ElasticDeformation : IDeformation
{
    /// <summary>Draws a strength for every image, then a displacement for every point of its grid.</summary>
    /// <param name="limit">
    /// Largest strength, as a share of half the image's side, from 0 to 1. An image's strength is drawn uniformly below it and is
    /// the standard deviation of its displacements.
    /// </param>
    /// <param name="cells">Points of the grid along a side, from 2 to 64; more make shorter waves.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ElasticDeformation(double limit, int cells = 5)
    {
        Limit = CorruptionTools.Require(limit, 1, nameof(limit), "The strength of an elastic deformation");
        Cells = cells is >= 2 and <= 64
            ? cells
            : throw new ArgumentOutOfRangeException(nameof(cells), cells, "The grid of an elastic deformation must have from 2 to 64 points a side.");
    }

    /// <summary>Largest strength as a share of half the side.</summary>
    public double Limit { get; }

    /// <summary>Points of the grid along a side.</summary>
    public int Cells { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator) => new JointDeformation(this).Apply(clean, generator);

    /// <inheritdoc/>
    Tensor IDeformation.Move(Tensor places, long[] shape, Generator generator)
    {
        long count = shape[0], side = shape[3];
        Tensor strength = empty(count, 1, 1, 1).uniform_(0, Limit, generator);
        Tensor coarse = empty(count, 2, Cells, Cells).normal_(0, 1, generator).mul_(strength);
        Tensor smooth = functional.interpolate(coarse, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: true);
        return places + smooth.permute(0, 2, 3, 1); // [N, side, side, 2]
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("elastic", Limit, Cells);
}

/// <summary>
/// Turns, stretches, slants and shifts each square image a little, by amounts drawn anew for every image; what comes in
/// from outside is black. With the undeformed image as the target, an encoder learns to see past such changes.
/// </summary>
/// <remarks>
/// The idea is the denoising autoencoder's (Vincent et al., 2008) with deformations in the place of noise, as
/// transforming auto-encoders use them (Hinton, Krizhevsky and Wang, 2011).
/// </remarks>
public sealed record RandomAffine : IDeformation
{
    private const int Draws = 6; // numbers drawn an image

    /// <summary>Draws every amount uniformly between minus and plus its limit.</summary>
    /// <param name="degrees">Largest turn, from 0 to 180 degrees.</param>
    /// <param name="scale">Largest relative change of size, from 0 up to and excluding 1: of each axis by itself, or of both where <paramref name="aspect"/> is given.</param>
    /// <param name="shear">Largest slant, as the tangent of its angle, from 0 to 1.</param>
    /// <param name="shift">Largest shift of each axis, as a share of half the image's side, from 0 to 1.</param>
    /// <param name="aspect">
    /// Largest a of a change of width by exp(a) and of height by exp(-a), from 0 to 1; null where the axes are scaled each by itself.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is outside its range.</exception>
    public RandomAffine(double degrees, double scale, double shear, double shift, double? aspect = null)
    {
        Degrees = Require(degrees, 180, nameof(degrees));
        Scale = Require(scale, 0.999, nameof(scale));
        Shear = Require(shear, 1, nameof(shear));
        Shift = Require(shift, 1, nameof(shift));
        Aspect = aspect is { } amount ? Require(amount, 1, nameof(aspect)) : null;

        static double Require(double value, double limit, string name) => CorruptionTools.Require(value, limit, name, $"The {name} of an affine deformation");
    }

    /// <summary>Largest turn in degrees.</summary>
    public double Degrees { get; }

    /// <summary>Largest relative change of size.</summary>
    public double Scale { get; }

    /// <summary>Largest slant.</summary>
    public double Shear { get; }

    /// <summary>Largest shift as a share of half the side.</summary>
    public double Shift { get; }

    /// <summary>Largest logarithm of the axes' stretch against each other's mean; null where each axis is scaled by itself.</summary>
    public double? Aspect { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator) => new JointDeformation(this).Apply(clean, generator);

    /// <inheritdoc/>
    public override string ToString() =>
        TermNotation.Write("affine", [Degrees, Scale, Shear, Shift, .. Aspect is { } aspect ? new[] { aspect } : []]);

    /// <inheritdoc/>
    Tensor IDeformation.Move(Tensor places, long[] shape, Generator generator)
    {
        Tensor shifts = tensor(Maps((int)shape[0], generator), [shape[0], 2, 3]);
        return functional.affine_grid(shifts, shape, align_corners: false).add_(places); // [N, side, side, 2]
    }

    // For each image the 2x3 matrix that takes a place in [-1, 1] to how far from it the input is read.
    private float[] Maps(int count, Generator generator)
    {
        using Tensor drawn = empty(count, Draws).uniform_(-1, 1, generator);
        ReadOnlySpan<float> amounts = drawn.data<float>().ToArray();
        var maps = new float[count * 6];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> u = amounts.Slice(Draws * i, Draws);
            var (sin, cos) = Math.SinCos(u[0] * Degrees * Math.PI / 180);
            var (stretchX, stretchY) = Stretch(u[1], u[2]);
            double slant = u[3] * Shear;
            Span<float> map = maps.AsSpan(6 * i, 6);
            map[0] = (float)((cos * stretchX) - 1);
            map[1] = (float)((slant - sin) * stretchY);
            map[2] = (float)(u[4] * Shift);
            map[3] = (float)(sin * stretchX);
            map[4] = (float)((cos * stretchY) - 1);
            map[5] = (float)(u[5] * Shift);
        }

        return maps;
    }

    private (double X, double Y) Stretch(double first, double second)
    {
        if (Aspect is not { } aspect)
        {
            return (1 + (first * Scale), 1 + (second * Scale));
        }

        double size = 1 + (first * Scale), ratio = Math.Exp(second * aspect);
        return (size * ratio, size / ratio);
    }
}
