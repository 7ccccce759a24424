using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>What the classes of the known data sets are called.</summary>
internal static class ClassNames
{
    // https://github.com/zalandoresearch/fashion-mnist#labels
    private static readonly string[] Fashion =
        ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>The name of a class; its number where it has none.</summary>
    public static string Of(string dataSet, int label) =>
        dataSet == "fashion-mnist" && label < Fashion.Length ? Fashion[label] : label.ToString(CultureInfo.InvariantCulture);
}
