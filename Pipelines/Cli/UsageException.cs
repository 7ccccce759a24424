namespace OnnxAE.Pipelines.Cli;

/// <summary>The command line asks for something that cannot be; the message is the sentence to show.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
