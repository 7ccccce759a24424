namespace OnnxAE.Pipelines.FewLabels;

/// <summary>What an arm came to on one draw; kept in a file.</summary>
/// <param name="Accuracy">On all test images.</param>
/// <param name="Seconds">The fit, the choice of its settings included.</param>
/// <param name="PreparationSeconds">Features, and the graph where the arm needs it, which all draws share.</param>
/// <param name="ModelSha256">Of the fitted model: the same whatever the test images are.</param>
/// <param name="Chosen">What was chosen inside the slice.</param>
internal sealed record ArmOutcome(
    double Accuracy, double Seconds, double PreparationSeconds, string ModelSha256, IReadOnlyDictionary<string, double> Chosen);
