using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>How many labels are few: 1 %, 600 of 60,000, as in document 003.</summary>
internal static class LabelShare
{
    private const double Fraction = 0.01;
    private const double AtLeastPerClass = 5; // where images are few, 1 % is next to nothing

    /// <summary>The share of the training images that keep their labels.</summary>
    public static double Of(ImageSet train) => Math.Clamp(AtLeastPerClass * train.ClassCount / train.Count, Fraction, 1);
}
