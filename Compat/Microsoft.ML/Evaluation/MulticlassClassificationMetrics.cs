namespace Microsoft.ML.Data;

public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounters counters, int topKPredictionCount, IReadOnlyList<string> classNames)
    {
        LogLoss = counters.LogLoss;
        LogLossReduction = counters.LogLossReduction;
        MacroAccuracy = counters.MacroAccuracy;
        MicroAccuracy = counters.MicroAccuracy;
        // The original leaves it null when no count was asked for.
        TopKAccuracyForAllK = topKPredictionCount > 0 ? counters.TopKAccuracies(topKPredictionCount) : null;
        PerClassLogLoss = counters.PerClassLogLoss;
        ConfusionMatrix = new ConfusionMatrix(counters.ConfusionTable, classNames);
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy => TopKAccuracyForAllK is { Count: > 0 } all ? all[^1] : 0;

    internal IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
