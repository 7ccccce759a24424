namespace OnnxAE.Inference;

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
