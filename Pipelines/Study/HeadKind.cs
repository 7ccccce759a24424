namespace OnnxAE.Pipelines;

/// <summary>What stands on the features.</summary>
internal enum HeadKind
{
    /// <summary>ML.NET's maximum-entropy classifier.</summary>
    Linear,

    /// <summary>A multilayer perceptron of one hidden layer.</summary>
    Mlp,
}
