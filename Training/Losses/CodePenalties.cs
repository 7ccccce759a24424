using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// <c>l1(weight)</c>: absolute values of the code, the sum over its units and the mean over images; it drives units that an
/// image doesn't need to 0 (Goodfellow, Bengio and Courville, Deep Learning, 2016, section 14.2.1). Document 002 has a weight of 1e-5.
/// </summary>
/// <remarks>Keras, where document 002 takes its penalty from, has summed over the batch or averaged over it, depending on its version.</remarks>
internal sealed class CodeL1(double weight) : LossTerm("l1", weight)
{
    protected override IReadOnlyList<double> Arguments => [Weight];

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        pass.Code.abs().sum() / (float)pass.Code.shape[0];
}

/// <summary>
/// <c>sparsity(target, weight)</c>: KL(target || mean activation), in nats, the sum over code units; a unit's mean is over the
/// batch's images. Both are taken as probabilities of being on, so the code must lie in [0, 1], as behind a sigmoid (Lee,
/// Ekanadham and Ng, 2008; Ng, CS294A notes on sparse autoencoders, 2011). Document 003 has a target of 0.2.
/// </summary>
internal sealed class KlSparsity(double target, double weight) : LossTerm("sparsity", weight)
{
    private const double Edge = 1e-6; // a unit that is off for the whole batch has an infinite divergence and no gradient

    private readonly double _target = target is > 0 and < 1
        ? target
        : throw new ArgumentOutOfRangeException(nameof(target), target, "The target of 'sparsity' must lie between 0 and 1.");

    protected override IReadOnlyList<double> Arguments => [_target, Weight];

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        // NaN passes: a run that has diverged hears of it as a loss.
        if (pass.Code.min().item<float>() < 0 || pass.Code.max().item<float>() > 1)
        {
            throw new ArgumentException("The loss 'sparsity' needs codes between 0 and 1, as behind a sigmoid, and this network gave others; use l1.", nameof(model));
        }

        Tensor on = pass.Code.mean([0]).clamp(Edge, 1 - Edge); // [code]
        double entropy = (_target * Math.Log(_target)) + ((1 - _target) * Math.Log(1 - _target));
        return (entropy - (_target * on.log()) - ((1 - _target) * (1 - on).log())).sum();
    }
}

/// <summary>
/// <c>kl(beta, warmup)</c>: KL(N(mean, variance) || N(0, 1)) of a variational network's codes, in nats, the sum over code
/// dimensions and the mean over images: 1/2 sum(mean^2 + variance - 1 - ln variance) (Kingma and Welling, 2014,
/// arXiv:1312.6114, appendix B). The weight beta may grow from 0 in a straight line over some epochs.
/// </summary>
/// <remarks>
/// Document 003 prints the formula with the opposite sign. Weights other than 1 are beta-VAEs (Higgins et al., 2017); a warm-up
/// keeps codes from being given up before the decoder can use them (Bowman et al., 2016, arXiv:1511.06349; Sønderby et al.,
/// 2016, arXiv:1602.02282).
/// </remarks>
internal sealed class KlDivergence(double beta = 1, double warmUpEpochs = 0) : LossTerm("kl", beta)
{
    public override double WarmUpEpochs { get; } = double.IsFinite(warmUpEpochs) && warmUpEpochs >= 0
        ? warmUpEpochs
        : throw new ArgumentOutOfRangeException(nameof(warmUpEpochs), warmUpEpochs, "The warm-up of 'kl' must be 0 or more epochs.");

    protected override IReadOnlyList<double> Arguments => WarmUpEpochs > 0 ? [Weight, WarmUpEpochs] : base.Arguments;

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        if (pass.LogVariance is not { } logVariance)
        {
            throw new ArgumentException("The loss 'kl' is for variational autoencoders, and this network has no variances.", nameof(model));
        }

        Tensor each = pass.Code.square() + logVariance.exp() - 1 - logVariance; // [N, code]
        return each.sum() * (0.5 / each.shape[0]);
    }
}

/// <summary>
/// <c>contractive(weight)</c>: the squared Frobenius norm of the derivatives of the code by the pixels, the mean over images; it
/// keeps codes from changing with small changes of a picture (Rifai et al., Contractive Auto-Encoders, 2011; a weight of 0.1 with
/// an error summed over pixels).
/// </summary>
/// <remarks>
/// Exact for an encoder of one dense layer and a sigmoid, as theirs: sum_j (h_j (1 - h_j))^2 sum_i W_ji^2. For other encoders it
/// is estimated without bias, but for terms of the deviation's order, by |f(x + e) - f(x)|^2 / s^2 with e from N(0, s^2) (Alain and
/// Bengio, 2014, arXiv:1211.4246). The encoder is taken as in evaluation, without dropout.
/// </remarks>
internal sealed class ContractivePenalty(double weight) : LossTerm("contractive", weight)
{
    // Small against the pixels' range, large against single precision.
    private const double Deviation = 0.01;

    protected override IReadOnlyList<double> Arguments => [Weight];

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        Tensor code = pass.Code; // [N, code]
        if (model.Encoder is Sequential { Count: 2 } layers && layers[0] is Linear dense && layers[1] is Sigmoid)
        {
            Tensor slopes = (code * (1 - code)).square(); // [N, code]
            return (slopes * dense.weight!.square().sum(1)).sum() / (float)code.shape[0];
        }

        Tensor moved = empty(input.shape, dtype: input.dtype).normal_(0, Deviation, context.Generator).to(input.device) + input;
        bool trains = model.Encoder.training;
        model.Encoder.eval(); // else the two calls would differ by the masks of a dropout, and a batch norm would count both
        try
        {
            return (model.Encoder.call(moved) - model.Encoder.call(input)).square().sum() * (1 / (Deviation * Deviation * code.shape[0]));
        }
        finally
        {
            model.Encoder.train(trains);
        }
    }
}

/// <summary>
/// <c>nt-xent(temperature, weight)</c>: -ln of the share that an image's other view has in the similarities of a view to all other
/// views of the batch, exp(cosine / temperature) each; in nats, the mean over views (Chen et al., 2020, arXiv:2002.05709, equation 1).
/// It grows with the batch: ln(2 N - 1) for N images that it can't tell apart. A small temperature looks at the nearest images alone.
/// </summary>
internal sealed class NormalizedTemperatureCrossEntropy(double temperature, double weight = 1) : LossTerm("nt-xent", weight)
{
    private const double Smallest = 1e-12; // a projection of 0 has no direction

    private readonly double _temperature = double.IsFinite(temperature) && temperature > 0
        ? temperature
        : throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature of 'nt-xent' must be a finite number above 0.");

    public override int Views => 2;

    protected override IReadOnlyList<double> Arguments => Weight == 1 ? [_temperature] : [_temperature, Weight];

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        if (pass.Projection is not { } projection || projection.shape[0] % 2 != 0)
        {
            throw new ArgumentException(
                "The loss 'nt-xent' needs two views of every image and a network with a projector, such as conv-contrastive-256.", nameof(model));
        }

        long views = projection.shape[0]; // 2 N
        Tensor unit = projection * (projection.square().sum(1, keepdim: true) + Smallest).pow((TorchSharp.Scalar)(-0.5)); // [2 N, projection]
        Tensor similarity = unit.mm(unit.t()) * (1 / _temperature); // [2 N, 2 N]
        Tensor rows = arange(views, dtype: ScalarType.Int64, device: projection.device);
        Tensor others = similarity.masked_fill(rows.unsqueeze(1).eq(rows), double.NegativeInfinity);
        Tensor partners = rows.roll(views / 2, 0); // [2 N]: view i's other one is i + N
        return nn.functional.cross_entropy(others, partners);
    }
}
