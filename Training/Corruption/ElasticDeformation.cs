using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

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
        Limit = limit is >= 0 and <= 1
            ? limit
            : throw new ArgumentOutOfRangeException(nameof(limit), limit, "The strength of an elastic deformation must lie between 0 and 1.");
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
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"elastic({Limit}, {Cells})");
}
