using System.Globalization;

namespace OnnxAE.Pipelines.Progress;

/// <summary>A plain line at the start and at every tenth of the way, for logs and pipes.</summary>
internal sealed class MilestoneDisplay(TextWriter output, TimeProvider time) : IProgressDisplay
{
    private const int Milestones = 10;

    /// <inheritdoc/>
    public Task<T> RunAsync<T>(string title, Func<IProgressStep, Task<T>> work)
    {
        output.WriteLine($"{title} ...");
        return work(new Step(output, time, title));
    }

    private sealed class Step(TextWriter output, TimeProvider time, string title) : IProgressStep
    {
        private readonly long start = time.GetTimestamp();
        private int printed;
        private double before;

        public void StartAt(double fraction) => before = fraction;

        public void Report(double fraction, string status)
        {
            // A sum of tenths falls just short of the tenth it means: 0.7999... is the eighth milestone.
            int reached = (int)Math.Floor((Math.Clamp(fraction, 0, 1) * Milestones) + 1e-9);
            if (reached <= printed)
            {
                return;
            }

            printed = reached;
            double elapsed = time.GetElapsedTime(start).TotalSeconds;
            double left = fraction > before ? elapsed / (fraction - before) * (1 - fraction) : 0;
            string clock = reached < Milestones ? Text($"{elapsed:F0} s, about {left:F0} s left") : Text($"{elapsed:F1} s");
            output.WriteLine(Text($"{title}  {reached * 100 / Milestones,3} %  {status}  ({clock})"));
        }

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
