using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>Every knob of a training run, with the reason for its default.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images. 10: what the source documents of the dense networks use.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images an optimizer step. 64: the sources' choice; larger batches run faster and learn less an epoch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's step size. 0.001: the value its authors recommend, and the sources' too.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the step size goes over the run. Constant: what the sources do.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Decides the order of the images, the corruption and dropout. The initial weights belong to the model's maker.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What is minimised. Mean squared error: it suits linear and squashed outputs alike.</summary>
    public IObjective Objective { get; init; } = new Objective(new MeanSquaredError());

    /// <summary>How inputs are damaged; null (the default) trains on clean images.</summary>
    public ICorruption? Corruption { get; init; }

    /// <summary>The settings that an architecture's catalogue row asks for.</summary>
    /// <param name="architecture">The row.</param>
    /// <param name="seed">The run's seed.</param>
    public static TrainingOptions For(Architecture architecture, long seed = 1)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        TrainingDefaults defaults = architecture.Training;
        return new TrainingOptions
        {
            Epochs = defaults.Epochs,
            BatchSize = defaults.BatchSize,
            LearningRate = defaults.LearningRate,
            Schedule = defaults.Schedule,
            Objective = ObjectiveNotation.Parse(defaults.Objective),
            Corruption = CorruptionNotation.Parse(defaults.Corruption),
            Seed = seed,
        };
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        if (!double.IsFinite(LearningRate) || LearningRate <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The learning rate must be a finite number above 0.");
        }
    }
}
