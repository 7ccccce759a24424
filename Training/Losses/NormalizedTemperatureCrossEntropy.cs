using OnnxAE.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// <c>nt-xent(temperature, weight)</c>: -ln of the share that an image's other view has in the similarities of a view to all other
/// views of the batch, exp(cosine / temperature) each; in nats, the mean over views (Chen et al., 2020, arXiv:2002.05709, equation 1).
/// It grows with the batch: ln(2 N - 1) for N images that it can't tell apart.
/// </summary>
public sealed class NormalizedTemperatureCrossEntropy : LossTerm
{
    private const double Smallest = 1e-12; // a projection of 0 has no direction

    /// <summary>Tells an image's two views from those of the others.</summary>
    /// <param name="temperature">What cosines are divided by, above 0; small ones look at the nearest of the other images alone.</param>
    /// <param name="weight">What the mean is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0.</exception>
    public NormalizedTemperatureCrossEntropy(double temperature, double weight = 1)
        : base("nt-xent", weight) => Temperature = double.IsFinite(temperature) && temperature > 0
            ? temperature
            : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature of 'nt-xent' must be a finite number above 0.");

    /// <summary>What cosines are divided by.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override int Views => 2;

    /// <inheritdoc/>
    protected override IReadOnlyList<double> Arguments => Weight == 1 ? [Temperature] : [Temperature, Weight];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network has no projector, or the rows are no pairs.</exception>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        if (pass.Projection is not { } projection || projection.shape[0] % 2 != 0)
        {
            throw new ArgumentException(
                "The loss 'nt-xent' needs two views of every image and a network with a projector, such as conv-contrastive-256.", nameof(model));
        }

        long views = projection.shape[0]; // 2 N
        Tensor unit = projection * (projection.square().sum(1, keepdim: true) + Smallest).pow((Scalar)(-0.5)); // [2 N, projection]
        Tensor similarity = unit.mm(unit.t()) * (1 / Temperature); // [2 N, 2 N]
        Tensor rows = arange(views, dtype: ScalarType.Int64, device: projection.device);
        Tensor others = similarity.masked_fill(rows.unsqueeze(1).eq(rows), double.NegativeInfinity);
        Tensor partners = rows.roll(views / 2, 0); // [2 N]: view i's other one is i + N
        return functional.cross_entropy(others, partners);
    }
}
