using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxAE.Training;

/// <summary>Saves a run every so often, when it is cancelled and when it ends, always into the same file.</summary>
/// <param name="path">The file.</param>
/// <param name="interval">How often.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class PeriodicCheckpoints(string path, CheckpointInterval interval, TimeProvider? time = null) : ITrainingCallback
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _savedStep;
    private long _savedTime;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void OnTrainingStarted(TrainingRun run)
    {
        _savedStep = run.Step;
        _savedTime = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void OnSettled(TrainingRun run)
    {
        if (run.Step - _savedStep >= interval.Steps || _time.GetElapsedTime(_savedTime) >= interval.Time)
        {
            Save(run);
        }
    }

    /// <inheritdoc/>
    public void OnInterrupted(TrainingRun run) => Save(run);

    /// <inheritdoc/>
    public void OnTrainingEnded(TrainingRun run) => Save(run);

    private void Save(TrainingRun run)
    {
        run.SaveCheckpoint(Path);
        _savedStep = run.Step;
        _savedTime = _time.GetTimestamp();
    }
}

/// <summary>How often a run is saved: after so many steps, or after so much time.</summary>
public sealed partial record CheckpointInterval
{
    private CheckpointInterval()
    {
    }

    /// <summary>Every five minutes: what a killed run loses at most, where saving takes a fraction of a second.</summary>
    public static CheckpointInterval Default { get; } = EveryMinutes(5);

    /// <summary>Optimizer steps between two checkpoints; null where time decides.</summary>
    public long? Steps { get; private init; }

    /// <summary>Time between two checkpoints; null where steps decide.</summary>
    public TimeSpan? Time { get; private init; }

    /// <summary>Saves after so many steps.</summary>
    /// <param name="steps">At least 1.</param>
    public static CheckpointInterval EverySteps(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new CheckpointInterval { Steps = steps };
    }

    /// <summary>Saves after so many minutes, at the next step.</summary>
    /// <param name="minutes">More than 0, fractions allowed.</param>
    public static CheckpointInterval EveryMinutes(double minutes)
    {
        if (!(minutes > 0 && minutes < 1e6))
        {
            throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "The time between two checkpoints must be above 0 minutes.");
        }

        return new CheckpointInterval { Time = TimeSpan.FromMinutes(minutes) };
    }

    /// <summary>Reads <c>500</c> as steps and <c>10m</c> or <c>0.5m</c> as minutes.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static CheckpointInterval Parse(string text)
    {
        Match match = Notation().Match(text);
        return match switch
        {
            { Success: true } when match.Groups["minutes"].Success && double.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture) is > 0 and var minutes
                => EveryMinutes(minutes),
            { Success: true } when match.Groups["steps"].Success => EverySteps(long.Parse(match.Groups["steps"].Value, CultureInfo.InvariantCulture)),
            _ => throw new FormatException($"'{text}' is not an interval. Expected a number of steps such as 500, or of minutes such as 10m."),
        };
    }

    /// <summary>The notation.</summary>
    public override string ToString() =>
        Steps is { } steps ? steps.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{Time!.Value.TotalMinutes}m");

    [GeneratedRegex(@"^\s*((?<steps>[1-9][0-9]{0,12})|(?<minutes>[0-9]{1,5}(\.[0-9]+)?)\s*m(in)?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Notation();
}
