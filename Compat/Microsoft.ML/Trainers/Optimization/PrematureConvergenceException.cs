namespace Microsoft.ML.Trainers;

/// <summary>The points of two steps are within numeric precision of each other although the termination criterion does not hold yet.</summary>
internal sealed class PrematureConvergenceException(string message) : Exception(message);
