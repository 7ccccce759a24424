namespace Microsoft.ML.Transforms;

/// <summary>One column to project, and how.</summary>
/// <param name="OutputColumnName">The new column.</param>
/// <param name="InputColumnName">The column to project.</param>
/// <param name="WeightColumnName">A column of row weights, or null.</param>
/// <param name="Rank">The number of components.</param>
/// <param name="Oversampling">How many more random directions are taken, for accuracy.</param>
/// <param name="EnsureZeroMean">Whether the mean is taken off first.</param>
/// <param name="Seed">The seed of the random directions; null for the context's generator.</param>
internal sealed record PcaOptions(
    string OutputColumnName, string InputColumnName, string WeightColumnName, int Rank, int Oversampling, bool EnsureZeroMean, int? Seed);
