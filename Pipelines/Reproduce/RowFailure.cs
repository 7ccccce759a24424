namespace OnnxAE.Pipelines.Reproduce;

/// <summary>A row that could not be trained, exported or verified.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record RowFailure(string Id, string Reason);
