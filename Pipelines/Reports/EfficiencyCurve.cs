namespace OnnxAE.Pipelines;

/// <summary>One line of the label-efficiency chart.</summary>
/// <param name="Name">Shown below the chart.</param>
/// <param name="Points">Number of labels, mean error in percent, and its standard deviation, by ascending number.</param>
internal sealed record EfficiencyCurve(string Name, IReadOnlyList<(int Labels, double Error, double Sd)> Points);
