
namespace OnnxAE.Pipelines;

/// <summary>An encoder as the command line names it: <c>[DATA=]RUN|FILE|ID[:code|:map]</c>.</summary>
/// <param name="DataSet">The data set that it is for; null for every one.</param>
/// <param name="Target">A run folder, an ONNX file, or an architecture's id.</param>
/// <param name="Layer">The only layer to use; null for the data set's, with the other beside it.</param>
internal sealed record EncoderSpec(string? DataSet, string Target, FeatureLayer? Layer)
{
    /// <summary>Reads it.</summary>
    /// <param name="text">As given.</param>
    /// <param name="dataSets">The data sets of the experiment.</param>
    /// <exception cref="UsageException">Nothing is named.</exception>
    public static EncoderSpec Parse(string text, IReadOnlyCollection<string> dataSets)
    {
        string? dataSet = dataSets.FirstOrDefault(name => text.StartsWith(name + "=", StringComparison.Ordinal));
        string target = dataSet is null ? text : text[(dataSet.Length + 1)..];
        FeatureLayer? layer = null;
        foreach (FeatureLayer choice in Enum.GetValues<FeatureLayer>())
        {
            string suffix = $":{choice.ToString().ToLowerInvariant()}";
            if (target.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                (target, layer) = (target[..^suffix.Length], choice);
            }
        }

        return target.Length > 0
            ? new EncoderSpec(dataSet, target, layer)
            : throw new UsageException($"--encoder '{text}' names no encoder: expected a run folder, an .onnx file or an architecture's id.");
    }
}
