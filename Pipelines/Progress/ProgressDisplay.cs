using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Progress;

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
