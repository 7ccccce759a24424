using Microsoft.ML;

namespace OnnxAE.Pipelines.Demo;

/// <summary>One way to make a classifier out of few labels.</summary>
internal interface IClassifierArm
{
    /// <summary>Its name in the figures, such as <c>frozen</c>.</summary>
    string Key { get; }

    /// <summary>Its name for people.</summary>
    string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Description { get; }

    /// <summary>The pipeline that a draw's labels are fitted with; its output has a column <c>Score</c>.</summary>
    IEstimator<ITransformer> CreatePipeline(LabelDraw draw);
}
