
namespace OnnxAE.Pipelines;

/// <summary>Makes one way from 0 to 1 of many pieces of work, each as long as it is expected to take.</summary>
/// <param name="whole">Shown to the user.</param>
/// <param name="total">Expected seconds of all pieces.</param>
internal sealed class WorkMeter(IProgressStep whole, double total)
{
    private readonly IProgressStep whole = whole;
    private readonly double total = total;
    private double done;

    /// <summary>Does a piece.</summary>
    /// <param name="seconds">Expected seconds.</param>
    /// <param name="work">Told where to report its own progress; returns what to show at its end.</param>
    public void Do(double seconds, Func<IProgressStep, string> work)
    {
        string status = work(new Part(this, seconds));
        done += seconds;
        whole.Report(done / total, status);
    }

    private sealed class Part(WorkMeter meter, double seconds) : IProgressStep
    {
        public void Report(double fraction, string status) => meter.whole.Report((meter.done + (fraction * seconds)) / meter.total, status);
    }
}
