namespace Microsoft.ML;

/// <summary>Names of entries inside a saved model.</summary>
internal static class ModelPath
{
    /// <summary>The entry of every model and sub-model that holds its header, in its own folder.</summary>
    public const string ModelStreamName = "Model.key";

    public static string Combine(string dir, string name) => string.IsNullOrEmpty(dir) ? name : $"{dir}/{name}";
}
