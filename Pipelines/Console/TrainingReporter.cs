using OnnxAE.Training;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>Shows a training run's epoch and losses.</summary>
internal sealed class TrainingReporter(IProgressStep step, string validationName = "test") : ITrainingCallback
{
    private double? validationLoss;

    /// <inheritdoc/>
    public void OnTrainingStarted(TrainingRun run)
    {
        validationLoss = run.Epochs is [.., var last] ? last.ValidationLoss : null;
        step.StartAt((double)run.Step / run.StepCount);
    }

    /// <inheritdoc/>
    public void OnBatchCompleted(in TrainingProgress progress)
    {
        string parts = progress.Parts.Count == 0
            ? ""
            : $" ({string.Join(", ", progress.Parts.Select(part => Invariant($"{part.Key} {part.Value:G3}")))})";
        string validation = validationLoss is { } loss ? Invariant($", {validationName} {loss:F4}") : "";
        step.Report(progress.Fraction, Invariant($"epoch {progress.Epoch}/{progress.EpochCount}, loss {progress.MeanLoss:F4}{parts}{validation}"));
    }

    /// <inheritdoc/>
    public void OnEpochCompleted(EpochResult epoch) => validationLoss = epoch.ValidationLoss;
}
