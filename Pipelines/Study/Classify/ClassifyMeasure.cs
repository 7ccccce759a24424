namespace OnnxAE.Pipelines;

/// <summary>A classifier against labels.</summary>
/// <param name="Labels">Labeled rows.</param>
/// <param name="Accuracy">Share of them whose most probable class is theirs.</param>
/// <param name="CalibrationError">Expected calibration error, 15 bins.</param>
/// <param name="Coverage">Share of them that got a label.</param>
/// <param name="AccuracyOfLabeled">Share of those that got the right one; NaN where none got any.</param>
internal sealed record ClassifyMeasure(int Labels, double Accuracy, double CalibrationError, double Coverage, double AccuracyOfLabeled)
{
    /// <summary>Measures; null where nothing is labeled.</summary>
    /// <param name="predictions">Rows whose class is known.</param>
    /// <param name="abstain">The least probability that gets a label.</param>
    public static ClassifyMeasure? Of(Predictions predictions, double abstain)
    {
        if (predictions.Count == 0)
        {
            return null;
        }

        int[] answered = [.. Enumerable.Range(0, predictions.Count).Where(row => predictions.Probabilities[row].Max() >= abstain)];
        return new ClassifyMeasure(
            predictions.Count,
            predictions.Accuracy,
            predictions.CalibrationError,
            (double)answered.Length / predictions.Count,
            answered.Length > 0 ? predictions.Take(answered).Accuracy : double.NaN);
    }
}
