using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// What training minimises: a weighted sum of terms, one that compares the output with what it should be, and any number of
/// penalties. A loss of one's own is a <see cref="LossTerm"/>.
/// </summary>
public sealed class Objective
{
    /// <summary>Sums terms.</summary>
    /// <param name="terms">One error, such as <see cref="MeanSquaredError"/>, and any penalties.</param>
    /// <exception cref="ArgumentException">Not exactly one of them is an error, or two have the same name.</exception>
    public Objective(params IEnumerable<LossTerm> terms)
    {
        Terms = [.. terms];
        int errors = Terms.Count(t => t.IsError);
        if (errors != 1)
        {
            throw new ArgumentException($"A loss needs exactly one error term (mse, mixed, bce, bce-logits or cross-entropy), {errors} given in '{this}'.", nameof(terms));
        }

        if (Terms.GroupBy(t => t.Name).FirstOrDefault(group => group.Count() > 1) is { Key: var name })
        {
            throw new ArgumentException($"A loss has each term once, and '{this}' has {name} several times; add up their weights.", nameof(terms));
        }
    }

    /// <summary>The terms, in the order in which they are added.</summary>
    public IReadOnlyList<LossTerm> Terms { get; }

    /// <summary>Whether <see cref="StepContext.Labels"/> are needed: for classifiers.</summary>
    public bool NeedsLabels => Terms.Any(t => t.NeedsLabels);

    /// <summary>How often each image of a batch is damaged anew and shown; more than once for losses that compare views of an image.</summary>
    public int Views => Terms.Max(t => t.Views);

    /// <summary>Epochs in which the loss is not yet the one of the rest of the run, since the weight of a term still grows; 0 for none.</summary>
    public double WarmUpEpochs => Terms.Max(t => t.WarmUpEpochs);

    /// <summary>Runs the network on a batch and compares. Gradients flow from the loss; the tensors belong to the open dispose scope.</summary>
    /// <param name="model">The network, in training or in evaluation mode.</param>
    /// <param name="input">
    /// Pixels in [0, 1], damaged where the run has a corruption, [N, InputSize]: first views of all images, then their second ones.
    /// </param>
    /// <param name="target">The clean pixels, [N, InputSize], as often.</param>
    /// <param name="context">Where the run stands, and its randomness.</param>
    /// <exception cref="ArgumentException">The network is none that a term can be used with.</exception>
    public ObjectiveValue Compute(EncoderNetwork model, Tensor input, Tensor target, in StepContext context)
    {
        NetworkPass pass = model.Pass(input, context.Generator);
        var parts = new ObjectivePart[Terms.Count];
        Tensor? loss = null;
        for (int i = 0; i < parts.Length; i++)
        {
            LossTerm term = Terms[i];
            Tensor value = term.Compute(model, pass, input, target, context);
            parts[i] = new ObjectivePart(term.Name, value.detach());
            double weight = term.WeightAt(context);
            Tensor weighted = weight == 1 ? value : value * weight;
            loss = loss is null ? weighted : loss + weighted;
        }

        return new ObjectiveValue(loss!, parts);
    }

    /// <summary>The notation that <see cref="ObjectiveNotation.Parse"/> reads back, such as <c>bce(784) + kl</c>.</summary>
    public override string ToString() => string.Join(" + ", Terms);
}

/// <summary>The loss of a batch.</summary>
/// <param name="Loss">What is minimised, a scalar: the mean over the batch.</param>
/// <param name="Parts">What it is the weighted sum of.</param>
public readonly record struct ObjectiveValue(Tensor Loss, IReadOnlyList<ObjectivePart> Parts);

/// <summary>One term of a loss, such as <c>bce</c> or <c>kl</c>.</summary>
/// <param name="Name">The term's name in the notation.</param>
/// <param name="Value">Its value before it is weighted, a scalar without gradients.</param>
public readonly record struct ObjectivePart(string Name, Tensor Value);

/// <summary>Losses as text, for the command line, run files and the catalogue: <c>bce(784) + kl</c>, <c>bce + l1(1e-5)</c>.</summary>
public static class ObjectiveNotation
{
    private const string Expected =
        "Expected one of mse(weight), mixed(weight), bce(weight), bce-logits(weight), cross-entropy(weight), and any of kl(beta, warm-up epochs), l1(weight), "
        + "sparsity(target, weight), contractive(weight), nt-xent(temperature, weight), joined by +; a weight of 1 may be left out of the first six.";

    /// <summary>Reads the notation.</summary>
    /// <param name="text">An error term and penalties joined by +, such as <c>mse + sparsity(0.2, 0.001)</c>.</param>
    /// <exception cref="FormatException">The text is no loss; the message has the notation.</exception>
    /// <exception cref="ArgumentException">There isn't exactly one error term.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Objective Parse(string text) => new Objective(TermNotation.Read(text).Select(Create));

    private static LossTerm Create((string Text, string Name, double[] Numbers) term)
    {
        double weight = term.Numbers is [.., var last] ? last : 1;
        return (term.Name, term.Numbers) switch
        {
            ("MSE", [] or [_]) => new MeanSquaredError(weight),
            ("MIXED", [] or [_]) => new MixedError(weight),
            ("BCE", [] or [_]) => new BinaryCrossEntropy(weight),
            ("BCE-LOGITS", [] or [_]) => new BinaryCrossEntropyWithLogits(weight),
            ("CROSS-ENTROPY", [] or [_]) => new CrossEntropy(weight),
            ("KL", [] or [_]) => new KlDivergence(weight),
            ("KL", [var beta, var warmUp]) => new KlDivergence(beta, warmUp),
            ("L1", [_]) => new CodeL1(weight),
            ("CONTRACTIVE", [_]) => new ContractivePenalty(weight),
            ("NT-XENT", [var temperature]) => new NormalizedTemperatureCrossEntropy(temperature),
            ("NT-XENT", [var temperature, _]) => new NormalizedTemperatureCrossEntropy(temperature, weight),
            ("SPARSITY", [var target, _]) => new KlSparsity(target, weight),
            _ => throw new FormatException($"'{term.Text}' is not a loss. {Expected}"),
        };
    }
}
