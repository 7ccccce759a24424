using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests;

/// <summary>A trainer that keeps the labels and weights that it is fitted to.</summary>
internal sealed class RecordingTrainer(IEstimator<ITransformer> inner, string? weightColumn = "Weight", string idColumn = "Truth") : IEstimator<ITransformer>
{
    /// <summary>For each fit the rows: another column's value, the label as a key, and the weight.</summary>
    public List<List<(uint Id, uint Label, float Weight)>> Fits { get; } = [];

    public ITransformer Fit(IDataView input)
    {
        uint[] ids = [.. input.GetColumn<uint>(idColumn)];
        uint[] labels = [.. input.GetColumn<uint>("Label")];
        float[] weights = weightColumn is null ? [.. labels.Select(_ => 1f)] : [.. input.GetColumn<float>(weightColumn)];
        Fits.Add([.. ids.Select((id, i) => (id, labels[i], weights[i]))]);
        return inner.Fit(input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
}
