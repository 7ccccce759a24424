
namespace OnnxAE.Pipelines;

/// <summary>One arm of the comparison.</summary>
/// <param name="Name">Short name, such as <c>frozen encoder</c>.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Accuracy">Accuracy on the test images, in [0, 1].</param>
/// <param name="IsOurs">Whether this is the arm that the page is about.</param>
internal sealed record AccuracyRow(string Name, string Description, DrawSummary Accuracy, bool IsOurs = false);
