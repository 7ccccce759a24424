namespace OnnxAE.Inference;

/// <summary>How far a semi-supervised trainer is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Fraction">How much of the stage is done, from 0 to 1.</param>
public readonly record struct SemiSupervisedProgress(SemiSupervisedStage Stage, double Fraction);

/// <summary>What a semi-supervised trainer is at.</summary>
public enum SemiSupervisedStage
{
    /// <summary>Reading labels and features.</summary>
    Reading,

    /// <summary>Fitting the inner trainer to what is labeled so far, and scoring all rows.</summary>
    Scoring,

    /// <summary>Looking for the nearest neighbors of each row.</summary>
    Neighbors,

    /// <summary>Spreading over the graph.</summary>
    Spreading,

    /// <summary>Fitting the inner trainer for the last time.</summary>
    Training,
}
