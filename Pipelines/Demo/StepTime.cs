namespace OnnxAE.Pipelines.Demo;

/// <summary>How long a step took.</summary>
internal sealed record StepTime(string Step, double Seconds);
