namespace Microsoft.ML.Data;

/// <summary>What all stored prediction transformers share.</summary>
internal static class PredictionTransformer
{
    public const string ModelFolder = "Model";
}
