using System.Runtime.InteropServices;
using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// <c>mse</c>: (output - target)^2, the mean over pixels and images; any output range. Times half the number of pixels it is,
/// but for a constant, the negative log-likelihood of an image under a normal distribution of variance 1 around the output
/// (Kingma and Welling, 2014, arXiv:1312.6114, appendix C.2). The error of documents 000, 001 and 003.
/// </summary>
internal sealed class MeanSquaredError(double weight = 1) : LossTerm("mse", weight)
{
    public override bool IsError => true;

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        functional.mse_loss(RequireShape(pass.Output, target), target);
}

/// <summary>
/// <c>mixed</c>: for rows of a table, the mean over columns and rows; (output - target)^2 of a number, and of a category -ln of the
/// probability that the softmax of its values gives to the right one, in nats (Bishop, Pattern Recognition and Machine Learning,
/// 2006, equation 4.108). The rebuilt values of a category are logits. A missing category, all 0, adds nothing. Without categories it is <c>mse</c>.
/// </summary>
internal sealed class MixedError(double weight = 1) : LossTerm("mixed", weight)
{
    public override bool IsError => true;

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        Tensor output = RequireShape(pass.Output, target);
        if (context.Categories.Count == 0)
        {
            return functional.mse_loss(output, target);
        }

        int size = (int)target.shape[1], next = 0, columns = 0;
        Tensor sum = zeros([], dtype: output.dtype, device: output.device);
        foreach (var (start, length) in context.Categories.Order().Append((size, 0)))
        {
            if (start < next || length < 0 || length > size - start)
            {
                throw new ArgumentException($"Found a category of {length} values from {start}, expected one that lies between {next} and {size}.", nameof(context));
            }

            if (start > next)
            {
                sum += (output.narrow(1, next, start - next) - target.narrow(1, next, start - next)).square().sum();
                columns += start - next;
            }

            if (length > 0)
            {
                sum -= (functional.log_softmax(output.narrow(1, start, length), 1) * target.narrow(1, start, length)).sum();
                columns++;
            }

            next = start + length;
        }

        return sum / (float)(columns * target.shape[0]);
    }
}

/// <summary>
/// <c>bce</c>: -(t ln y + (1 - t) ln(1 - y)), the mean over pixels and images, logarithms cut off at -100; the outputs must lie
/// in [0, 1]. Times the number of pixels it is the negative log-likelihood of an image of Bernoulli pixels: 784 for 28x28
/// (Hinton and Salakhutdinov, 2006; Kingma and Welling, 2014, arXiv:1312.6114, appendix C.1). The error of documents 002 and 004.
/// </summary>
internal sealed class BinaryCrossEntropy(double weight = 1) : LossTerm("bce", weight)
{
    public override bool IsError => true;

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        Tensor output = RequireShape(pass.Output, target);
        try
        {
            return functional.binary_cross_entropy(output, target);
        }
        catch (ExternalException exception)
        {
            // libtorch asks for [0, 1] and refuses NaN with the same words: a run whose weights are NaN has diverged, and
            // its trainer must hear of it as a loss.
            Tensor mean = output.mean();
            return float.IsNaN(mean.item<float>())
                ? mean
                : throw new ArgumentException("The loss 'bce' needs outputs between 0 and 1, and this network gave others; use mse, or bce-logits behind a sigmoid.", nameof(model), exception);
        }
    }
}

/// <summary>
/// <c>bce-logits</c>: the number that <see cref="BinaryCrossEntropy"/> gives, computed from the values before the decoder's
/// closing sigmoid: max(x, 0) - x t + ln(1 + exp(-|x|)), which neither overflows nor loses its gradient
/// (Goodfellow, Bengio and Courville, Deep Learning, 2016, section 6.2.2.2).
/// </summary>
internal sealed class BinaryCrossEntropyWithLogits(double weight = 1) : LossTerm("bce-logits", weight)
{
    public override bool IsError => true;

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        pass.Logits is { } logits
            ? functional.binary_cross_entropy_with_logits(RequireShape(logits, target), target)
            : throw new ArgumentException("The loss 'bce-logits' needs a decoder that ends in a sigmoid, and this one doesn't; use mse.", nameof(model));
}

/// <summary>
/// <c>cross-entropy</c>: -ln of the probability that a classifier gives to the right class, in nats, the mean over images (Bishop,
/// Pattern Recognition and Machine Learning, 2006, equation 4.108).
/// </summary>
internal sealed class CrossEntropy(double weight = 1) : LossTerm("cross-entropy", weight)
{
    public override bool IsError => true;

    public override bool NeedsLabels => true;

    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        if (model is not EncoderClassifier)
        {
            throw new ArgumentException("The loss 'cross-entropy' is for classifiers, and this network is an autoencoder; use mse or bce.", nameof(model));
        }

        return functional.cross_entropy(
            pass.Output, context.Labels ?? throw new ArgumentException("The loss 'cross-entropy' needs labels, and the images have none.", nameof(context)));
    }
}
