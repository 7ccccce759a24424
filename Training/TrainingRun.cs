using System.Diagnostics;
using OnnxAE.Inference;
using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>
/// A run under way: its settings, and where it stands. With the weights, the optimizer's averages and the callbacks'
/// memories this is all that decides how it goes on, since every draw has a seed of its own (run's seed, epoch or step).
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private TimeSpan _earlier;
    private SortedDictionary<string, string>? _configuration;

    internal TrainingRun(
        TrainingOptions options, EncoderNetwork model, RowSet train, RowSet? validation, IReadOnlyList<ITrainingCallback> callbacks)
    {
        Options = options;
        Model = model;
        Train = train;
        Validation = validation;
        Callbacks = callbacks;
        StepsPerEpoch = RowBatches.StepsPerEpoch(train.Count, options.BatchSize);
        StepCount = options.Steps ?? ((long)options.Epochs * StepsPerEpoch);
        EpochCount = (int)((StepCount + StepsPerEpoch - 1) / StepsPerEpoch);
        Optimizer = new OptimizerSteps(options, model, model, StepCount);
        Random = new RandomStreams(options.Seed);
    }

    /// <summary>The run's settings.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The network that is trained.</summary>
    public EncoderNetwork Model { get; }

    /// <summary>Images an epoch.</summary>
    public int ImageCount => Train.Count;

    /// <summary>Optimizer steps an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Optimizer steps of the whole run.</summary>
    public long StepCount { get; }

    /// <summary>Epochs of the whole run; the last may be cut short by a number of steps.</summary>
    public int EpochCount { get; }

    /// <summary>Optimizer steps taken.</summary>
    public long Step { get; internal set; }

    /// <summary>The epoch under way, counted from 1; one more than <see cref="EpochCount"/> after the last.</summary>
    public int Epoch { get; internal set; } = 1;

    /// <summary>Images of this epoch trained on.</summary>
    public int ImagesDone { get; internal set; }

    /// <summary>What the epochs so far came to.</summary>
    public IReadOnlyList<EpochResult> Epochs => Results;

    /// <summary>Why the run ends before its last step; null while nothing asked it to.</summary>
    public string? StopReason { get; internal set; }

    /// <summary>Time spent on the run, without pauses between a stop and its resumption.</summary>
    public TimeSpan Elapsed => _earlier + Stopwatch.GetElapsedTime(_began);

    internal RowSet Train { get; }

    internal RowSet? Validation { get; }

    internal IReadOnlyList<ITrainingCallback> Callbacks { get; }

    internal OptimizerSteps Optimizer { get; }

    internal RandomStreams Random { get; }

    internal LossMeter Losses { get; } = new();

    internal List<EpochResult> Results { get; } = [];

    // Hashes all images, so only once and only where there is a checkpoint.
    internal SortedDictionary<string, string> Configuration => _configuration ??= CheckpointConfiguration.Of(this);

    // A step that ends the run leaves its epoch open, and so may a checkpoint saved right after it.
    internal bool IsOver => Epoch > EpochCount || (StopReason is not null && ImagesDone == 0);

    /// <summary>Ends the run after the step under way, unless that was its last; the epoch is closed, with validation, as it stands.</summary>
    /// <param name="reason">Why, in a few words; the first reason given stays.</param>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (Step < StepCount)
        {
            StopReason ??= reason;
        }
    }

    /// <summary>Saves all that the run needs to go on from here, to the bit; see <see cref="Checkpoint"/>.</summary>
    /// <param name="path">The file; one that is there is replaced at the end, in one go.</param>
    public void SaveCheckpoint(string path) => Checkpoint.Save(this, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Random.Dispose();
    }

    /// <summary>Takes up a checkpoint's position.</summary>
    /// <exception cref="InvalidDataException">There is no such position in this run.</exception>
    internal void Resume(CheckpointState state)
    {
        int steps = state.ImagesDone == ImageCount ? StepsPerEpoch : state.ImagesDone / Options.BatchSize;
        bool fits = state.Epoch >= 1 && state.Epoch <= EpochCount + 1 && state.Epochs.Count == state.Epoch - 1
            && state.ImagesDone >= 0 && state.ImagesDone <= ImageCount
            && (state.ImagesDone == ImageCount || state.ImagesDone % Options.BatchSize == 0)
            && state.Step == (state.ImagesDone == 0 && state.Epochs is [.., var last] ? last.Step : ((state.Epoch - 1L) * StepsPerEpoch) + steps)
            && state.Step <= StepCount && state.Seconds is >= 0 and < 1e9;
        if (!fits)
        {
            throw new InvalidDataException($"Its position, step {state.Step} in epoch {state.Epoch}, is none of this run.");
        }

        (Step, Epoch, ImagesDone, StopReason) = (state.Step, state.Epoch, state.ImagesDone, state.StopReason);
        Losses.Reset(state.LossSums, state.ImagesDone);
        Results.AddRange(state.Epochs);
        _earlier = TimeSpan.FromSeconds(state.Seconds);
    }

    /// <summary>Where the run stands after a step with this loss.</summary>
    internal TrainingProgress Describe(LossValue loss) => new(Epoch, EpochCount, ImagesDone, ImageCount, loss.Total, Losses.Mean, Elapsed)
    {
        Step = Step,
        StepCount = StepCount,
        LearningRate = Optimizer.RateOf(Step - 1),
        Parts = loss.Parts,
    };

    /// <summary>Takes down what the epoch came to, and goes on to the next.</summary>
    internal EpochResult CloseEpoch(LossMeter? validated, double seconds, double imagesPerSecond)
    {
        var result = new EpochResult(Epoch, Losses.Mean, validated?.Mean, seconds, imagesPerSecond)
        {
            Step = Step,
            LearningRate = Optimizer.RateOf(Step - 1),
            TrainParts = Losses.PartMeans(),
            ValidationParts = validated?.PartMeans(),
        };
        Results.Add(result);
        Epoch++;
        ImagesDone = 0;
        Losses.Reset();
        return result;
    }

    internal void Notify(Action<ITrainingCallback> call)
    {
        foreach (ITrainingCallback callback in Callbacks)
        {
            call(callback);
        }
    }
}
