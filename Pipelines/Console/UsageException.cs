namespace OnnxAE.Pipelines;

/// <summary>The command line asks for something that cannot be; the message is the sentence to show.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A part of the work failed; the figures of the rest are there, and go into <c>--json</c> all the same.</summary>
/// <param name="message">The sentence to show.</param>
/// <param name="figures">As a command returns them.</param>
internal sealed class IncompleteException(string message, object figures) : Exception(message)
{
    /// <summary>What was reached.</summary>
    public object Figures { get; } = figures;
}
