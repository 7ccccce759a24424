namespace OnnxAE.Training;

/// <summary>
/// Ends a run whose loss no longer falls: the validation loss, or the training loss where there are no validation images.
/// Together with <see cref="BestWeights"/> the run keeps the weights of its best epoch.
/// </summary>
/// <param name="patience">Epochs without an improvement that are put up with, at least 1. 10: a loss that rests for fewer often falls again.</param>
/// <param name="minimumImprovement">How far below the best a loss must be to count, 0 or more.</param>
public sealed class EarlyStopping(int patience = 10, double minimumImprovement = 0) : ICheckpointedCallback
{
    private readonly int _patience = patience >= 1
        ? patience
        : throw new ArgumentOutOfRangeException(nameof(patience), patience, "The patience of early stopping must be at least 1 epoch.");

    private readonly double _minimumImprovement = minimumImprovement >= 0
        ? minimumImprovement
        : throw new ArgumentOutOfRangeException(nameof(minimumImprovement), minimumImprovement, "The improvement that early stopping asks for must be 0 or more.");

    private TrainingRun? _run;
    private double _best = double.PositiveInfinity;
    private int _bestEpoch;

    /// <inheritdoc/>
    public string StateName => "early-stopping";

    /// <inheritdoc/>
    public void OnTrainingStarted(TrainingRun run)
    {
        if (_run != run) // else loaded from its checkpoint
        {
            (_run, _best, _bestEpoch) = (run, double.PositiveInfinity, 0);
        }
    }

    /// <inheritdoc/>
    public void OnEpochCompleted(EpochResult epoch)
    {
        double loss = epoch.Watched.Loss;
        if (loss < _best - _minimumImprovement)
        {
            (_best, _bestEpoch) = (loss, epoch.Epoch);
        }
        else if (epoch.Epoch - _bestEpoch >= _patience)
        {
            _run?.Stop(FormattableString.Invariant(
                $"early stopping: no {epoch.Watched.Name} below {_best:G5} of epoch {_bestEpoch} in the {epoch.Epoch - _bestEpoch} epochs after it"));
        }
    }

    /// <inheritdoc/>
    public void Save(CallbackState state)
    {
        state.Numbers[nameof(patience)] = _patience;
        state.Numbers["best"] = _best;
        state.Numbers["bestEpoch"] = _bestEpoch;
    }

    /// <inheritdoc/>
    public void Load(CallbackState state, TrainingRun run)
    {
        if (state.Numbers.TryGetValue(nameof(patience), out double before) && before != _patience)
        {
            throw new InvalidDataException($"It was saved with another setting, patience: {before} there, {_patience} here. Ask for the same, or start a new run elsewhere.");
        }

        _run = run;
        _best = state.Numbers.GetValueOrDefault("best", double.PositiveInfinity);
        _bestEpoch = (int)state.Numbers.GetValueOrDefault("bestEpoch");
    }
}
