namespace OnnxAE.Pipelines.Train;

/// <summary>A run was stopped, and can be gone on with; the message says how.</summary>
internal sealed class TrainingInterruptedException(string message, Exception innerException) : OperationCanceledException(message, innerException);
