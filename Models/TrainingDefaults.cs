namespace OnnxAE.Models;

/// <summary>How an architecture is trained where the user says nothing else.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="BatchSize">Images an optimizer step.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="Loss">What is compared, and how.</param>
/// <param name="Corruption">
/// How the input is damaged while the target stays clean, in the notation of <c>--corruption</c>, such as
/// <c>gaussian(0, 0.5)</c>; null trains on clean images.
/// </param>
/// <param name="Schedule">How the step size goes over the run.</param>
public sealed record TrainingDefaults(
    int Epochs,
    int BatchSize,
    double LearningRate,
    ReconstructionLoss Loss = ReconstructionLoss.MeanSquaredError,
    string? Corruption = null,
    LearningRateSchedule Schedule = LearningRateSchedule.Constant);
