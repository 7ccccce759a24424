using OnnxAE.Pipelines.Progress;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Shows a training run's epoch and losses.</summary>
internal sealed class TrainingReporter(IProgressStep step) : ITrainingCallback
{
    private double? testLoss;

    /// <inheritdoc/>
    public void OnBatchCompleted(in TrainingProgress progress) => step.Report(
        progress.Fraction,
        $"epoch {progress.Epoch}/{progress.EpochCount}, loss {progress.MeanLoss:F4}" + (testLoss is { } loss ? $", test {loss:F4}" : ""));

    /// <inheritdoc/>
    public void OnEpochCompleted(EpochResult epoch) => testLoss = epoch.ValidationLoss;
}
