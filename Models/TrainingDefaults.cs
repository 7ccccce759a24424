namespace OnnxAE.Models;

/// <summary>How an architecture is trained where the user says nothing else.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="BatchSize">Images an optimizer step.</param>
/// <param name="LearningRate">The optimizer's step size.</param>
/// <param name="Objective">What is minimised, in the notation of <c>--loss</c>, such as <c>bce + l1(1e-5)</c>.</param>
/// <param name="Corruption">
/// How the input is damaged while the target stays clean, in the notation of <c>--corruption</c>, such as
/// <c>gaussian(0, 0.5)</c>; null trains on clean images.
/// </param>
/// <param name="Schedule">How the step size goes over the run.</param>
/// <param name="Optimizer">The rule by which gradients become steps.</param>
/// <param name="Steps">Optimizer steps after which the run ends, for sources that count steps; null where epochs decide.</param>
/// <param name="WeightDecay">How strongly AdamW pulls weights to 0.</param>
/// <param name="WarmUp">Share of the steps in which <see cref="LearningRateSchedule.OneCycle"/> rises.</param>
public sealed record TrainingDefaults(
    int Epochs,
    int BatchSize,
    double LearningRate = 1e-3,
    string Objective = "mse",
    string? Corruption = null,
    LearningRateSchedule Schedule = LearningRateSchedule.Constant,
    OptimizerKind Optimizer = OptimizerKind.Adam,
    int? Steps = null,
    double WeightDecay = 0,
    double WarmUp = 0.3);
