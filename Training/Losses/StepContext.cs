using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Where a run stands when a batch's loss is computed.</summary>
/// <param name="Step">Optimizer steps taken before this one, counted over the whole run.</param>
/// <param name="TotalSteps">Optimizer steps of the whole run.</param>
/// <param name="StepsPerEpoch">Optimizer steps an epoch.</param>
/// <param name="Generator">Where randomness comes from, such as a variational network's draws.</param>
public readonly record struct StepContext(long Step, long TotalSteps, long StepsPerEpoch, Generator Generator)
{
    /// <summary>[N] classes as 64-bit integers; null where the images have none.</summary>
    public Tensor? Labels { get; init; }

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
