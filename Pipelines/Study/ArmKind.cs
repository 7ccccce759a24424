namespace OnnxAE.Pipelines;

/// <summary>The ways to make a classifier out of few labels; their names on the command line are these in lower case, with hyphens.</summary>
internal enum ArmKind
{
    /// <summary>Maximum entropy on the pixels.</summary>
    Raw,

    /// <summary>Maximum entropy on principal components.</summary>
    Pca,

    /// <summary>Maximum entropy on a frozen encoder's features.</summary>
    Frozen,

    /// <summary>The same, taught its own predictions.</summary>
    SelfTraining,

    /// <summary>The same, taught labels that spread over the graph of neighbors.</summary>
    LabelSpreading,

    /// <summary>Such labels, and a head with a hidden layer.</summary>
    LabelSpreadingMlp,

    /// <summary>The encoder with an output layer, both trained on the labels, augmented.</summary>
    FineTuned,

    /// <summary>The encoder's layers from random weights, trained on the labels.</summary>
    Scratch,

    /// <summary>The same with the encoder's augmentations: the control to quote.</summary>
    ScratchAugmented,
}
