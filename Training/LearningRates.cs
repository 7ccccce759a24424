using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>Schedules as functions of the step alone: nothing to remember, so a resumed run needs no more than its step.</summary>
internal static class LearningRates
{
    // Smith and Topin (2018), with the numbers of PyTorch's OneCycleLR.
    private const double StartDivisor = 25, EndDivisor = 1e4;

    // He et al. (2015, arXiv:1512.03385) divide by ten at half and at three quarters of their CIFAR-10 runs.
    private const double FirstDrop = 0.5, SecondDrop = 0.75, DropFactor = 0.1;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="schedule">How it goes.</param>
    /// <param name="peak">The largest rate.</param>
    /// <param name="step">Counted from 0.</param>
    /// <param name="stepCount">Steps of the whole run.</param>
    /// <param name="warmUp">Share of the steps in which one cycle rises; 0.3 is PyTorch's.</param>
    public static double At(LearningRateSchedule schedule, double peak, long step, long stepCount, double warmUp = 0.3) => schedule switch
    {
        LearningRateSchedule.Constant => peak,
        LearningRateSchedule.OneCycle => OneCycle(peak, step, stepCount, warmUp),
        LearningRateSchedule.Cosine => Anneal(peak, 0, (double)step / stepCount),
        LearningRateSchedule.Step => peak
            * (step >= FirstDrop * stepCount ? DropFactor : 1)
            * (step >= SecondDrop * stepCount ? DropFactor : 1),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "Unknown schedule."),
    };

    private static double OneCycle(double peak, long step, long stepCount, double warmUp)
    {
        double start = peak / StartDivisor;
        double lastRising = (warmUp * stepCount) - 1;
        return step < lastRising
            ? Anneal(start, peak, step / lastRising)
            : Anneal(peak, start / EndDivisor, (step - lastRising) / (stepCount - 1 - lastRising));
    }

    // Half a cosine from one rate to another.
    private static double Anneal(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
