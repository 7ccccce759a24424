using System.Collections.ObjectModel;

namespace Microsoft.ML.Data;

public sealed class ConfusionMatrix
{
    private readonly Lazy<string> _table;

    internal ConfusionMatrix(double[][] counts, IReadOnlyList<string> classNames)
    {
        Counts = new ReadOnlyCollection<IReadOnlyList<double>>([.. counts]);
        PerClassPrecision = [.. Enumerable.Range(0, counts.Length).Select(c => Share(counts[c][c], counts.Sum(row => row[c])))];
        PerClassRecall = [.. Enumerable.Range(0, counts.Length).Select(c => Share(counts[c][c], counts[c].Sum()))];
        _table = new Lazy<string>(() => ConfusionTable.Format(this, classNames));
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public string GetFormattedConfusionTable() => _table.Value;

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        CheckIndex(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        CheckIndex(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    private void CheckIndex(int index, string parameter)
    {
        if (index < 0 || index >= Counts.Count)
            throw new ArgumentOutOfRangeException(parameter, "Invalid index. Should be non-negative, less than the number of classes.");
    }

    private static double Share(double count, double sum) => sum > 0 ? count / sum : 0;
}
