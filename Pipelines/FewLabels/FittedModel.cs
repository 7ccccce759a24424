using Microsoft.ML;

namespace OnnxAE.Pipelines.FewLabels;

/// <summary>A classifier as its users would load it: what was fitted was saved, and this is what was read back.</summary>
/// <param name="Transformer">Writes class probabilities into <c>Score</c>.</param>
/// <param name="Sha256">Of what was saved.</param>
/// <param name="Chosen">What the fit chose inside the slice, by name.</param>
internal sealed record FittedModel(ITransformer Transformer, string Sha256, IReadOnlyDictionary<string, double> Chosen) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => (Transformer as IDisposable)?.Dispose();
}
