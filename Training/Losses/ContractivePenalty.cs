using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// <c>contractive(weight)</c>: the squared Frobenius norm of the derivatives of the code by the pixels, the mean over images; it
/// keeps codes from changing with small changes of a picture (Rifai et al., Contractive Auto-Encoders, 2011).
/// </summary>
/// <remarks>
/// Exact for an encoder of one dense layer and a sigmoid, as theirs: sum_j (h_j (1 - h_j))^2 sum_i W_ji^2. For other encoders it
/// is estimated without bias, but for terms of the deviation's order, by |f(x + e) - f(x)|^2 / s^2 with e from N(0, s^2) (Alain and
/// Bengio, 2014, arXiv:1211.4246). The encoder is taken as in evaluation, without dropout.
/// </remarks>
/// <param name="weight">What the mean is multiplied by; 0.1 in the paper, with an error summed over pixels.</param>
public sealed class ContractivePenalty(double weight) : LossTerm("contractive", weight)
{
    // Small against the pixels' range, large against single precision.
    private const double Deviation = 0.01;

    /// <inheritdoc/>
    protected override IReadOnlyList<double> Arguments => [Weight];

    /// <inheritdoc/>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
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
