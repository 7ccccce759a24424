namespace OnnxAE.Training;

/// <summary>
/// Ends a run whose loss is no longer a finite number, and puts back weights that still gave one. Weights are copied every
/// <see cref="Interval"/> steps, once the loss that they give proves finite: a copy a step would cost more than it saves.
/// </summary>
internal sealed class LastGoodWeights(TrainingRun run) : IDisposable
{
    private const int Interval = 100;

    private WeightSnapshot? weights;
    private long step;

    /// <summary>Takes note of the loss of the weights as they are: before the optimizer changes them, and after an epoch.</summary>
    /// <exception cref="TrainingDivergedException">It is no finite number.</exception>
    public void Check(double loss)
    {
        if (!double.IsFinite(loss))
        {
            weights?.Restore();
            throw TrainingDivergedException.At(run, loss, weights is null ? null : step);
        }

        if (weights is null)
        {
            weights = new WeightSnapshot(run.Model);
            step = run.Step;
        }
        else if (run.Step - step >= Interval)
        {
            weights.Take();
            step = run.Step;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => weights?.Dispose();
}
