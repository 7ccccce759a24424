namespace OnnxAE.Pipelines;

/// <summary>
/// Temperature scaling (Guo et al., 2017, arXiv:1706.04599), learned from probabilities that each labeled row got from a
/// classifier which had not seen its label.
/// </summary>
/// <param name="Rows">Rows that it was learned from.</param>
/// <param name="Accuracy">Share of them that were classified right.</param>
/// <param name="Temperature">What logits are divided by.</param>
/// <param name="ErrorBefore">Expected calibration error without it.</param>
/// <param name="ErrorAfter">The same with it; each fold's rows with the temperature that the other folds chose.</param>
/// <param name="LogLossBefore">Mean log-loss without it.</param>
/// <param name="LogLossAfter">The same with it, likewise.</param>
internal sealed record Calibration(
    int Rows, double Accuracy, double Temperature, double ErrorBefore, double ErrorAfter, double LogLossBefore, double LogLossAfter)
{
    // A few hundred rows say little of what lies beyond: where all of them are classified right, the best temperature is zero.
    private const double Lowest = 0.25, Highest = 4;
    private const int Steps = 60; // of golden-section search, each taking away a third of what is left

    /// <summary>Learns from predictions, fold by fold.</summary>
    /// <param name="folds">At least two.</param>
    public static Calibration Of(IReadOnlyList<Predictions> folds)
    {
        Predictions all = Join(folds);
        Predictions scaled = Join([.. folds.Select(fold => fold.WithTemperature(Fit(Join([.. folds.Where(other => other != fold)]))))]);
        return new Calibration(all.Count, all.Accuracy, Fit(all), all.CalibrationError, scaled.CalibrationError, all.LogLoss, scaled.LogLoss);
    }

    /// <summary>The temperature of the lowest log-loss, which has one minimum in its reciprocal.</summary>
    public static double Fit(Predictions predictions)
    {
        double shrink = (Math.Sqrt(5) - 1) / 2;
        double left = Math.Log(Lowest), right = Math.Log(Highest);
        double low = right - (shrink * (right - left)), high = left + (shrink * (right - left));
        double lossLow = Loss(low), lossHigh = Loss(high);
        for (int i = 0; i < Steps && right - left > 1e-6; i++)
        {
            if (lossLow <= lossHigh)
            {
                (right, high, lossHigh) = (high, low, lossLow);
                low = right - (shrink * (right - left));
                lossLow = Loss(low);
            }
            else
            {
                (left, low, lossLow) = (low, high, lossHigh);
                high = left + (shrink * (right - left));
                lossHigh = Loss(high);
            }
        }

        return Math.Exp((left + right) / 2);

        double Loss(double logarithm) => predictions.WithTemperature(Math.Exp(logarithm)).LogLoss;
    }

    private static Predictions Join(IReadOnlyList<Predictions> parts) =>
        new([.. parts.SelectMany(part => part.Probabilities)], [.. parts.SelectMany(part => part.Labels)]);
}
