using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>Every knob of a training run, with the reason for its default. Two runs of equal options, images and first weights are equal to the bit.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images. 10: what the source documents of the dense networks use.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Optimizer steps after which the run ends, in the middle of an epoch if need be; null (the default) counts <see cref="Epochs"/> instead.</summary>
    public int? Steps { get; init; }

    /// <summary>Images an optimizer step. 64: the sources' choice; larger batches run faster and learn less an epoch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The optimizer. Adam: most of the sources use it, and it needs the least care.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The optimizer's step size, where a schedule varies it the largest. 0.001: the value that Adam's authors recommend, and the sources' too.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the step size goes over the run. Constant: what the sources do.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Share of the steps in which one cycle rises to the learning rate, between 0 and 1. 0.3: PyTorch's default.</summary>
    public double WarmUp { get; init; } = 0.3;

    /// <summary>Pull of the weights towards 0. 0: an autoencoder with a narrow code hardly overfits.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Share of the last step that SGD and RMSprop take again, from 0 up to and excluding 1; Adam has its own. 0: TorchSharp's default.</summary>
    public double Momentum { get; init; }

    /// <summary>Gradients whose common L2 norm is larger are scaled down to it (Pascanu et al., 2012, arXiv:1211.5063); null (the default) leaves them as they are.</summary>
    public double? GradientClipping { get; init; }

    /// <summary>Decides the order of the images, the corruption, dropout and the noise of codes. The initial weights belong to the model's maker.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is minimised. Mean squared error: it suits linear and squashed outputs alike.</summary>
    public Objective Objective { get; init; } = new Objective(new MeanSquaredError());

    /// <summary>How inputs are damaged; null (the default) trains on clean images.</summary>
    public ICorruption? Corruption { get; init; }

    /// <summary>The settings that an architecture's catalogue row asks for.</summary>
    /// <param name="architecture">The row.</param>
    /// <param name="seed">The run's seed.</param>
    public static TrainingOptions For(Architecture architecture, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        TrainingDefaults defaults = architecture.Training;
        return new TrainingOptions
        {
            Epochs = defaults.Epochs,
            Steps = defaults.Steps,
            BatchSize = defaults.BatchSize,
            Optimizer = defaults.Optimizer,
            LearningRate = defaults.LearningRate,
            WeightDecay = defaults.WeightDecay,
            Schedule = defaults.Schedule,
            WarmUp = defaults.WarmUp,
            Objective = ObjectiveNotation.Parse(defaults.Objective),
            Corruption = CorruptionNotation.Parse(defaults.Corruption),
            Seed = seed,
        };
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    /// <exception cref="ArgumentException">The objective compares views, and there is no corruption to make them.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps ?? 1, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        Require(LearningRate > 0, LearningRate, nameof(LearningRate), "The learning rate must be a finite number above 0.");
        Require(WeightDecay >= 0, WeightDecay, nameof(WeightDecay), "The weight decay must be a finite number, 0 or more.");
        Require(WarmUp is > 0 and < 1, WarmUp, nameof(WarmUp), "The share of the steps in which the learning rate rises must lie between 0 and 1.");
        Require(Momentum is >= 0 and < 1, Momentum, nameof(Momentum), "The momentum must be 0 or more and below 1.");
        Require(GradientClipping is null or > 0, GradientClipping ?? 1, nameof(GradientClipping), "The norm that gradients are clipped to must be a finite number above 0.");
        if (Objective.Views > 1 && Corruption is null)
        {
            throw new ArgumentException($"The loss '{Objective}' compares damaged views of an image, and nothing damages them; choose a corruption.", nameof(Corruption));
        }
    }

    private static void Require(bool inRange, double value, string name, string sentence)
    {
        if (!inRange || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{sentence.TrimEnd('.')}, not {value}."));
        }
    }
}
