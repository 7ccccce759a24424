using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Progress;

/// <summary>Picks the display that suits the console.</summary>
internal static class ProgressDisplay
{
    /// <summary>A bar where the console can redraw a line, milestones where it cannot.</summary>
    public static IProgressDisplay For(CliContext context) =>
        context.Console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? new BarDisplay(context.Console)
            : new MilestoneDisplay(context.Console.Profile.Out.Writer, context.Time);
}
