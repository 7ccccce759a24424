namespace OnnxAE.Training;

/// <summary>A mean loss as numbers.</summary>
/// <param name="Total">What is minimised.</param>
/// <param name="Parts">Its terms before they are weighted, by name; empty where it is one thing.</param>
internal readonly record struct LossValue(double Total, IReadOnlyDictionary<string, double> Parts)
{
    private static readonly Dictionary<string, double> NoParts = [];

    /// <summary>Reads the numbers of an objective's value. A single term that is the whole loss is no part of it.</summary>
    public static LossValue Of(in ObjectiveValue value)
    {
        double total = value.Loss.item<float>();
        return value.Parts.Count < 2
            ? new LossValue(total, NoParts)
            : new LossValue(total, value.Parts.ToDictionary(part => part.Name, part => (double)part.Value.item<float>()));
    }
}
