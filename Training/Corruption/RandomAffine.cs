using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

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
        Aspect = aspect is { } limit ? Require(limit, 1, nameof(aspect)) : null;
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
        string.Create(CultureInfo.InvariantCulture, $"affine({Degrees}, {Scale}, {Shear}, {Shift}")
        + (Aspect is { } aspect ? string.Create(CultureInfo.InvariantCulture, $", {aspect})") : ")");

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

    private static double Require(double value, double limit, string name) => value >= 0 && value <= limit
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The {name} of an affine deformation must lie between 0 and {limit.ToString(CultureInfo.InvariantCulture)}.");
}
