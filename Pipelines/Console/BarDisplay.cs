using Spectre.Console;

namespace OnnxAE.Pipelines;

/// <summary>A bar with the share done, the time left and the last status.</summary>
internal sealed class BarDisplay(IAnsiConsole console) : IProgressDisplay
{
    /// <inheritdoc/>
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
