using static System.FormattableString;

namespace OnnxAE.Pipelines;

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

    /// <inheritdoc/>
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
        private readonly long start = time.GetTimestamp();
        private int printed;
        private double before;
        private TimeSpan nextSign = FirstSign;

        // The next line comes with the next tenth: the first moments would tell nothing of the time left.
        public void StartAt(double fraction) => (before, printed) = (fraction, Math.Min(Milestone(fraction), Milestones - 1));

        public void Report(double fraction, string status)
        {
            TimeSpan taken = time.GetElapsedTime(start);
            if (fraction == 0 && taken >= nextSign)
            {
                nextSign *= 2;
                output.WriteLine(Invariant($"{title}  {status}  ({taken.TotalSeconds:F0} s)"));
            }

            int reached = Milestone(fraction);
            if (reached <= printed || taken < quiet)
            {
                return;
            }

            printed = reached;
            double elapsed = taken.TotalSeconds;
            double left = fraction > before ? elapsed / (fraction - before) * (1 - fraction) : 0;
            string clock = reached < Milestones ? Invariant($"{elapsed:F0} s, about {left:F0} s left") : Invariant($"{elapsed:F1} s");
            output.WriteLine(Invariant($"{title}  {reached * 100 / Milestones,3} %  {status}  ({clock})"));
        }

        // A sum of tenths falls just short of the tenth it means: 0.7999... is the eighth milestone.
        private static int Milestone(double fraction) => (int)Math.Floor((Math.Clamp(fraction, 0, 1) * Milestones) + 1e-9);
    }
}
