namespace OnnxAE.Training;

/// <summary>
/// Ends a run whose loss no longer falls: the validation loss, or the training loss where there are no validation images.
/// Together with <see cref="BestWeights"/> the run keeps the weights of its best epoch.
/// </summary>
/// <param name="patience">Epochs without an improvement that are put up with, at least 1. 10: a loss that rests for fewer often falls again.</param>
/// <param name="minimumImprovement">How far below the best a loss must be to count, 0 or more.</param>
public sealed class EarlyStopping(int patience = 10, double minimumImprovement = 0) : ICheckpointedCallback
{
    private readonly int patience = patience >= 1
        ? patience
        : throw new ArgumentOutOfRangeException(nameof(patience), patience, "The patience of early stopping must be at least 1 epoch.");

    private readonly double minimumImprovement = minimumImprovement >= 0
        ? minimumImprovement
        : throw new ArgumentOutOfRangeException(nameof(minimumImprovement), minimumImprovement, "The improvement that early stopping asks for must be 0 or more.");

    private TrainingRun? run;
    private double best = double.PositiveInfinity;
    private int bestEpoch;

    /// <inheritdoc/>
    public string StateName => "early-stopping";

    /// <inheritdoc/>
    public void OnTrainingStarted(TrainingRun run)
    {
        if (this.run != run) // else loaded from its checkpoint
        {
            (this.run, best, bestEpoch) = (run, double.PositiveInfinity, 0);
        }
    }

    /// <inheritdoc/>
    public void OnEpochCompleted(EpochResult epoch)
    {
        double loss = LossMetric.Of(epoch);
        if (loss < best - minimumImprovement)
        {
            (best, bestEpoch) = (loss, epoch.Epoch);
        }
        else if (epoch.Epoch - bestEpoch >= patience)
        {
            run?.Stop(FormattableString.Invariant(
                $"early stopping: no {LossMetric.NameOf(epoch)} below {best:G5} of epoch {bestEpoch} in the {epoch.Epoch - bestEpoch} epochs after it"));
        }
    }

    /// <inheritdoc/>
    public void Save(CallbackState state)
    {
        state.Numbers[nameof(patience)] = patience;
        state.Numbers["best"] = best;
        state.Numbers["bestEpoch"] = bestEpoch;
    }

    /// <inheritdoc/>
    public void Load(CallbackState state, TrainingRun run)
    {
        if (state.Numbers.TryGetValue(nameof(patience), out double before) && before != patience)
        {
            throw new InvalidDataException($"It was saved with another setting, patience: {before} there, {patience} here. Ask for the same, or start a new run elsewhere.");
        }

        this.run = run;
        best = state.Numbers.GetValueOrDefault("best", double.PositiveInfinity);
        bestEpoch = (int)state.Numbers.GetValueOrDefault("bestEpoch");
    }
}

/// <summary>What early stopping and best weights go by.</summary>
internal static class LossMetric
{
    /// <summary>The validation loss, or the training loss of a run without validation images.</summary>
    public static double Of(EpochResult epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    /// <summary>Its name in a sentence.</summary>
    public static string NameOf(EpochResult epoch) => epoch.ValidationLoss is null ? "training loss" : "validation loss";
}
