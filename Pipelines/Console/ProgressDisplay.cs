
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
