namespace OnnxAE.Pipelines.FewLabels;

/// <summary>An arm that a share of the labels is not for.</summary>
internal sealed record SkippedArm(string Name, string Reason);
