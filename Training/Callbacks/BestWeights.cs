namespace OnnxAE.Training;

/// <summary>
/// Keeps the weights of the epoch with the lowest loss, the validation loss where there is one, and puts them into the
/// network when the run ends.
/// </summary>
public sealed class BestWeights : ICheckpointedCallback, IDisposable
{
    private TrainingRun? _run;
    private WeightSnapshot? _weights;

    /// <summary>The epoch whose weights are kept, counted from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>That epoch's loss; infinite before the first.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public string StateName => "best-weights";

    /// <inheritdoc/>
    public void OnTrainingStarted(TrainingRun run)
    {
        if (_run != run) // else loaded from its checkpoint
        {
            Attach(run);
            (Loss, Epoch) = (double.PositiveInfinity, 0);
        }
    }

    /// <inheritdoc/>
    public void OnEpochCompleted(EpochResult epoch)
    {
        if (epoch.Watched.Loss < Loss)
        {
            (Loss, Epoch) = (epoch.Watched.Loss, epoch.Epoch);
            _weights!.Take();
        }
    }

    /// <inheritdoc/>
    public void OnTrainingEnded(TrainingRun run)
    {
        if (Epoch > 0)
        {
            _weights!.Restore();
        }
    }

    /// <inheritdoc/>
    public void Save(CallbackState state)
    {
        state.Numbers["loss"] = Loss;
        state.Numbers["epoch"] = Epoch;
        foreach (var (name, tensor) in _weights!.Tensors)
        {
            state.Tensors.Add(name, tensor);
        }
    }

    /// <inheritdoc/>
    public void Load(CallbackState state, TrainingRun run)
    {
        Attach(run);
        _weights!.Load(state.Tensors);
        Loss = state.Numbers.GetValueOrDefault("loss", double.PositiveInfinity);
        Epoch = (int)state.Numbers.GetValueOrDefault("epoch");
    }

    /// <inheritdoc/>
    public void Dispose() => _weights?.Dispose();

    private void Attach(TrainingRun run)
    {
        _weights?.Dispose();
        _weights = new WeightSnapshot(run.Model);
        _run = run;
    }
}
