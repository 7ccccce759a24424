namespace OnnxAE.Inference;

/// <summary>How far a semi-supervised trainer is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Fraction">How much of the stage is done, from 0 to 1.</param>
public readonly record struct SemiSupervisedProgress(SemiSupervisedStage Stage, double Fraction);
