namespace OnnxAE.Pipelines;

/// <summary>An arm that a share of the labels is not for.</summary>
internal sealed record SkippedArm(string Name, string Reason);
