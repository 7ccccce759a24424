using OnnxAE.Training;
using Spectre.Console;

namespace OnnxAE.Pipelines;

/// <summary>Picks the display that suits the console.</summary>
internal static class ProgressDisplay
{
    /// <summary>A bar where the console can redraw a line, milestones where it cannot.</summary>
    /// <param name="context">The console.</param>
    /// <param name="quiet">How long a step may take before lines tell of it.</param>
    public static IProgressDisplay For(CliContext context, TimeSpan quiet = default) =>
        context.Console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? new BarDisplay(context.Console)
            : new MilestoneDisplay(context.Console.Profile.Out.Writer, context.Time, quiet);
}

/// <summary>Shows a step while it runs: a bar on a terminal, lines elsewhere.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> under a title.</summary>
    Task<T> RunAsync<T>(string title, Func<IProgressStep, Task<T>> work);
}

/// <summary>How far one step is.</summary>
internal interface IProgressStep
{
    /// <summary>Says how far the step is and what it last saw.</summary>
    /// <param name="fraction">Done of the whole, 0 to 1; never goes back.</param>
    /// <param name="status">A few words, such as the epoch and its losses.</param>
    void Report(double fraction, string status);

    /// <summary>Says that part of the way lies behind from an earlier time, so that the time left is told by the rest.</summary>
    /// <param name="fraction">Done of the whole before this step began, 0 to 1.</param>
    void StartAt(double fraction)
    {
    }
}

/// <summary>A bar with the share done, the time left and the last status.</summary>
internal sealed class BarDisplay(IAnsiConsole console) : IProgressDisplay
{
    public Task<T> RunAsync<T>(string title, Func<IProgressStep, Task<T>> work) =>
        console.Progress()
            .AutoClear(true) // the step prints its own closing line
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(progress => Task.Run(() => work(new Step(progress.AddTask(Markup.Escape(title), maxValue: 1), title))));

    private sealed class Step(ProgressTask task, string title) : IProgressStep
    {
        public void StartAt(double fraction) => task.Value = fraction;

        public void Report(double fraction, string status)
        {
            task.Description = Markup.Escape($"{title}  {status}");
            task.Value = Math.Clamp(fraction, 0, 1);
        }
    }
}

/// <summary>
/// A plain line at the start and at every tenth of the way, for logs and pipes; where nobody knows how long the way is, after
/// 10 seconds, 20, 40 and so on.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="time">Measures.</param>
/// <param name="quiet">How long a step may take before lines tell of it: a short one leaves none.</param>
internal sealed class MilestoneDisplay(TextWriter output, TimeProvider time, TimeSpan quiet = default) : IProgressDisplay
{
    private const int Milestones = 10;
    private static readonly TimeSpan FirstSign = TimeSpan.FromSeconds(10);

    public Task<T> RunAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        if (quiet == default)
        {
            output.WriteLine($"{title} ...");
        }

        return work(new Step(output, time, title, quiet));
    }

    private sealed class Step(TextWriter output, TimeProvider time, string title, TimeSpan quiet) : IProgressStep
    {
        private readonly long _start = time.GetTimestamp();
        private int _printed;
        private double _before;
        private TimeSpan _nextSign = FirstSign;

        // The next line comes with the next tenth: the first moments would tell nothing of the time left.
        public void StartAt(double fraction) => (_before, _printed) = (fraction, Math.Min(Milestone(fraction), Milestones - 1));

        public void Report(double fraction, string status)
        {
            TimeSpan taken = time.GetElapsedTime(_start);
            double elapsed = taken.TotalSeconds;
            if (fraction == 0 && taken >= _nextSign)
            {
                _nextSign *= 2;
                output.WriteLine($"{title}  {status}  ({Quantity.Seconds(elapsed, 0)})");
            }

            int reached = Milestone(fraction);
            if (reached <= _printed || taken < quiet)
            {
                return;
            }

            _printed = reached;
            double left = fraction > _before ? elapsed / (fraction - _before) * (1 - fraction) : 0;
            string clock = reached < Milestones ? $"{Quantity.Seconds(elapsed, 0)}, about {Quantity.Seconds(left, 0)} left" : Quantity.Seconds(elapsed);
            output.WriteLine($"{title}  {reached * 100 / Milestones,3} %  {status}  ({clock})");
        }

        // A sum of tenths falls just short of the tenth it means: 0.7999... is the eighth milestone.
        private static int Milestone(double fraction) => (int)Math.Floor((Math.Clamp(fraction, 0, 1) * Milestones) + 1e-9);
    }
}

/// <summary>Shows a training run's epoch and losses.</summary>
internal sealed class TrainingReporter(IProgressStep step, string validationName = "test") : ITrainingCallback
{
    private double? _validationLoss;

    public void OnTrainingStarted(TrainingRun run)
    {
        _validationLoss = run.Epochs is [.., var last] ? last.ValidationLoss : null;
        step.StartAt((double)run.Step / run.StepCount);
    }

    public void OnBatchCompleted(in TrainingProgress progress)
    {
        string parts = progress.Parts.Count == 0 ? "" : $" ({string.Join(", ", progress.Parts.Select(part => $"{part.Key} {part.Value:G3}"))})";
        string validation = _validationLoss is { } loss ? $", {validationName} {loss:F4}" : "";
        step.Report(progress.Fraction, $"epoch {progress.Epoch}/{progress.EpochCount}, loss {progress.MeanLoss:F4}{parts}{validation}");
    }

    public void OnEpochCompleted(EpochResult epoch) => _validationLoss = epoch.ValidationLoss;
}
