namespace Microsoft.ML.Trainers;

/// <summary>A differentiable function: fills <paramref name="gradient"/> and returns the value at <paramref name="point"/>.</summary>
internal delegate float Objective(float[] point, float[] gradient);
