using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>What the classes of the known data sets are called.</summary>
internal static class ClassNames
{
    // https://github.com/zalandoresearch/fashion-mnist#labels
    private static readonly string[] Fashion =
        ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>The name of a class; its number where it has none.</summary>
    /// <param name="dataSet">The catalogue's data set; null for a folder of the user's own.</param>
    /// <param name="label">The class, from 0.</param>
    public static string Of(string? dataSet, int label) =>
        dataSet == "fashion-mnist" && label < Fashion.Length ? Fashion[label] : label.ToString(CultureInfo.InvariantCulture);
}
