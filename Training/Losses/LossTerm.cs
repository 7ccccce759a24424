using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// One term of an <see cref="Objective"/>: a reconstruction error or a penalty, and its weight. A term of one's own derives from
/// this and can be used wherever terms are passed as objects; the notation knows the built-in ones.
/// </summary>
/// <param name="name">The term's name in the notation, and of its part of the loss.</param>
/// <param name="weight">What its value is multiplied by.</param>
public abstract class LossTerm(string name, double weight)
{
    /// <summary>The term's name in the notation.</summary>
    public string Name { get; } = name;

    /// <summary>What its value is multiplied by once every warm-up is over.</summary>
    public double Weight { get; } = double.IsFinite(weight) && weight > 0
        ? weight
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, $"The weight of '{name}' must be a finite number above 0.");

    /// <summary>Whether it compares the output with what it should be; every objective has one such term.</summary>
    public virtual bool IsError => false;

    /// <summary>Whether it looks at <see cref="StepContext.Labels"/>.</summary>
    public virtual bool NeedsLabels => false;

    /// <summary>How many views of an image it compares; see <see cref="Objective.Views"/>.</summary>
    public virtual int Views => 1;

    /// <summary>Epochs after which <see cref="WeightAt"/> gives <see cref="Weight"/>; 0 where it always does.</summary>
    public virtual double WarmUpEpochs => 0;

    /// <summary>Its value before it is weighted: a scalar, a mean over the batch's images.</summary>
    /// <param name="model">The network.</param>
    /// <param name="pass">What the network computed.</param>
    /// <param name="input">What it computed it from, [N, InputSize].</param>
    /// <param name="target">Clean pixels, [N, InputSize].</param>
    /// <param name="context">Where the run stands.</param>
    public abstract Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context);

    /// <summary>The weight at a step.</summary>
    /// <param name="context">Where the run stands.</param>
    /// <returns><see cref="Weight"/>, towards which it grows from 0 in a straight line over the <see cref="WarmUpEpochs"/>.</returns>
    public virtual double WeightAt(in StepContext context) =>
        context.EpochsDone < WarmUpEpochs ? Weight * context.EpochsDone / WarmUpEpochs : Weight;

    /// <summary>What an error compares with the target, once it has its shape: libtorch would stretch another one to fit, or say no more than that it doesn't.</summary>
    /// <param name="output">What the network gave.</param>
    /// <param name="target">Clean pixels, [N, InputSize].</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    protected static Tensor RequireShape(Tensor output, Tensor target) => output.shape.SequenceEqual(target.shape)
            ? output
            : throw new ArgumentException($"The network gives [{string.Join(", ", output.shape)}] for images of [{string.Join(", ", target.shape)}], expected the same shape.", nameof(output));

    /// <summary>The numbers in brackets behind the name, without those that are the defaults.</summary>
    protected virtual IReadOnlyList<double> Arguments => Weight == 1 ? [] : [Weight];

    /// <summary>The notation, such as <c>kl(0.5, 10)</c>.</summary>
    public override string ToString() => TermNotation.Write(Name, Arguments);
}

/// <summary>Where a run stands when a batch's loss is computed.</summary>
/// <param name="Step">Optimizer steps taken before this one, counted over the whole run.</param>
/// <param name="TotalSteps">Optimizer steps of the whole run.</param>
/// <param name="StepsPerEpoch">Optimizer steps an epoch.</param>
/// <param name="Generator">Where randomness comes from, such as a variational network's draws.</param>
public readonly record struct StepContext(long Step, long TotalSteps, long StepsPerEpoch, Generator Generator)
{
    /// <summary>[N] classes as 64-bit integers; null where the images have none.</summary>
    public Tensor? Labels { get; init; }

    /// <summary>Groups of neighbouring values that are one category each, one of them 1 and the others 0; empty where there are none.</summary>
    public IReadOnlyList<(int Start, int Length)> Categories { get => field ?? []; init; }

    /// <summary>Passes over the training images so far, with fractions; what warm-ups count.</summary>
    public double EpochsDone => (double)Step / StepsPerEpoch;

    /// <summary>The epoch under way, counted from 1.</summary>
    public long Epoch => 1 + (Step / StepsPerEpoch);

    /// <summary>The context of an evaluation: every warm-up is over.</summary>
    /// <param name="generator">Where randomness comes from; the same seed makes evaluations comparable.</param>
    /// <param name="labels">[N] classes; null where the images have none.</param>
    public static StepContext Evaluation(Generator generator, Tensor? labels = null) =>
        new(long.MaxValue - 1, long.MaxValue, 1, generator) { Labels = labels };
}
