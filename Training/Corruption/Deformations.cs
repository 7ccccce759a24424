using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>A corruption that reads each pixel from another place. Several in a row are one: pictures are interpolated only once.</summary>
internal interface IDeformation : ICorruption
{
    /// <summary>Moves the places where pixels are read.</summary>
    /// <param name="places">[N, height, width, 2], x and y in [-1, 1] across the picture; left as they are.</param>
    /// <param name="shape">The pictures' shape, [N, channels, height, width].</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The places moved, of the same shape.</returns>
    Tensor Move(Tensor places, long[] shape, Generator generator);
}

/// <summary>Neighbouring deformations with one interpolation: where a pixel is read is moved by the sum of what each would move it.</summary>
internal sealed class JointDeformation(params IReadOnlyList<IDeformation> steps) : ICorruption
{
    public Tensor Apply(Tensor clean, Generator generator)
    {
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.PictureShape(clean, $"the deformation '{this}'");
        Tensor identity = tensor(new float[] { 1, 0, 0, 0, 1, 0 }, [1, 2, 3]);
        Tensor places = functional.affine_grid(identity, [1, 1, shape[2], shape[3]], align_corners: false).expand(shape[0], shape[2], shape[3], 2);
        foreach (IDeformation step in steps)
        {
            places = step.Move(places, shape, generator);
        }

        return functional.grid_sample(clean, places.to(clean.device), align_corners: false).MoveToOuterDisposeScope();
    }

    public override string ToString() => string.Join(" + ", steps);
}

/// <summary>
/// <c>elastic(strength, cells)</c>: bends each image. A coarse grid of random displacements is smoothed over the picture by
/// bilinear interpolation (after Simard, Steinkraus and Platt, 2003); what comes in from outside is black.
/// </summary>
/// <param name="Limit">
/// Largest strength, as a share of half of each side of the image. An image's strength is drawn uniformly below it and is the standard
/// deviation of its displacements.
/// </param>
/// <param name="Cells">Points of the grid along a side; more make shorter waves.</param>
internal sealed record ElasticDeformation(double Limit, int Cells = 5) : IDeformation
{
    public double Limit { get; } = CorruptionTools.Require(Limit, 1, nameof(Limit), "The strength of an elastic deformation");

    public int Cells { get; } = Cells is >= 2 and <= 64
        ? Cells
        : throw new ArgumentOutOfRangeException(nameof(Cells), Cells, "The grid of an elastic deformation must have from 2 to 64 points a side.");

    public Tensor Apply(Tensor clean, Generator generator) => new JointDeformation(this).Apply(clean, generator);

    public Tensor Move(Tensor places, long[] shape, Generator generator)
    {
        long count = shape[0];
        Tensor strength = empty(count, 1, 1, 1).uniform_(0, Limit, generator);
        Tensor coarse = empty(count, 2, Cells, Cells).normal_(0, 1, generator).mul_(strength);
        Tensor smooth = functional.interpolate(coarse, size: [shape[2], shape[3]], mode: InterpolationMode.Bilinear, align_corners: true);
        return places + smooth.permute(0, 2, 3, 1); // [N, height, width, 2]
    }

    public override string ToString() => TermNotation.Write("elastic", Limit, Cells);
}

/// <summary>
/// <c>affine(degrees, scale, shear, shift, aspect)</c>: turns, stretches, slants and shifts each image a little, by amounts
/// drawn anew for every image, uniform between minus and plus their limits; what comes in from outside is black. With the
/// undeformed image as the target, an encoder learns to see past such changes.
/// </summary>
/// <remarks>
/// The idea is the denoising autoencoder's (Vincent et al., 2008) with deformations in the place of noise, as
/// transforming auto-encoders use them (Hinton, Krizhevsky and Wang, 2011).
/// </remarks>
/// <param name="Degrees">Largest turn.</param>
/// <param name="Scale">Largest relative change of size: of each axis by itself, or of both where <paramref name="Aspect"/> is given.</param>
/// <param name="Shear">Largest slant, as the tangent of its angle.</param>
/// <param name="Shift">Largest shift of each axis, as a share of half of its side.</param>
/// <param name="Aspect">Largest a of a change of width by exp(a) and of height by exp(-a); null where the axes are scaled each by itself.</param>
internal sealed record RandomAffine(double Degrees, double Scale, double Shear, double Shift, double? Aspect = null) : IDeformation
{
    private const int Draws = 6; // numbers drawn an image

    public double Degrees { get; } = Require(Degrees, 180, nameof(Degrees));

    public double Scale { get; } = Require(Scale, 0.999, nameof(Scale));

    public double Shear { get; } = Require(Shear, 1, nameof(Shear));

    public double Shift { get; } = Require(Shift, 1, nameof(Shift));

    public double? Aspect { get; } = Aspect is { } aspect ? Require(aspect, 1, nameof(Aspect)) : null;

    public Tensor Apply(Tensor clean, Generator generator) => new JointDeformation(this).Apply(clean, generator);

    public Tensor Move(Tensor places, long[] shape, Generator generator)
    {
        Tensor shifts = tensor(Maps((int)shape[0], (double)shape[3] / shape[2], generator), [shape[0], 2, 3]);
        return functional.affine_grid(shifts, [shape[0], 1, shape[2], shape[3]], align_corners: false).add_(places); // [N, height, width, 2]
    }

    public override string ToString() =>
        TermNotation.Write("affine", [Degrees, Scale, Shear, Shift, .. Aspect is { } aspect ? new[] { aspect } : []]);

    // For each image the 2x3 matrix that takes a place in [-1, 1] to how far from it the input is read. A turn keeps distances in
    // pixels: where width is that times height, a step along y counts that much less along x.
    private float[] Maps(int count, double widthByHeight, Generator generator)
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
            map[1] = (float)((slant - sin) * stretchY / widthByHeight);
            map[2] = (float)(u[4] * Shift);
            map[3] = (float)(sin * stretchX * widthByHeight);
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

    private static double Require(double value, double limit, string name) =>
        CorruptionTools.Require(value, limit, name, $"The {name.ToLowerInvariant()} of an affine deformation");
}
