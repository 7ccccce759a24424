using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>A weighted sum of terms: one that compares the output with what it should be, and any number of penalties.</summary>
public sealed class Objective : IObjective
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
            throw new ArgumentException($"A loss needs exactly one error term (mse, bce, bce-logits or cross-entropy), {errors} given in '{this}'.", nameof(terms));
        }

        if (Terms.GroupBy(t => t.Name).FirstOrDefault(group => group.Count() > 1) is { Key: var name })
        {
            throw new ArgumentException($"A loss has each term once, and '{this}' has {name} several times; add up their weights.", nameof(terms));
        }
    }

    /// <summary>The terms, in the order in which they are added.</summary>
    public IReadOnlyList<LossTerm> Terms { get; }

    /// <inheritdoc/>
    public bool NeedsLabels => Terms.Any(t => t.NeedsLabels);

    /// <inheritdoc/>
    public int Views => Terms.Max(t => t.Views);

    /// <inheritdoc/>
    public double WarmUpEpochs => Terms.Max(t => t.WarmUpEpochs);

    /// <inheritdoc/>
    public ObjectiveValue Compute(EncoderNetwork model, Tensor input, Tensor target, in StepContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
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

    /// <summary>The notation, such as <c>bce(784) + kl</c>.</summary>
    public override string ToString() => string.Join(" + ", Terms);
}
