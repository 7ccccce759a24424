namespace Microsoft.ML.Data;

internal static class FiniteExtensions
{
    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool AreFinite(this ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
