namespace Microsoft.ML.Trainers;

/// <summary>The settings of one training.</summary>
/// <param name="L2">The weight of the squared norm.</param>
/// <param name="L1Threshold">The ratio of the weights of the L1 norm and the squared norm; 0 for no L1 norm.</param>
/// <param name="MaximumIterations">The most passes over the rows.</param>
internal readonly record struct SdcaSettings(float L2, float L1Threshold, int MaximumIterations);
