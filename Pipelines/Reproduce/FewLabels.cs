using OnnxAE.Inference.Data;

namespace OnnxAE.Pipelines.Reproduce;

/// <summary>How many labels document 003 trains classifiers with.</summary>
internal static class FewLabels
{
    private const double Fraction = 0.01;
    private const double AtLeastPerClass = 5; // where images are few, 1 % is next to nothing

    /// <summary>The share of the training images that keep their labels.</summary>
    public static double FractionOf(ImageSet train) => Math.Clamp(AtLeastPerClass * train.ClassCount / train.Count, Fraction, 1);
}
