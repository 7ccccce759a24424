namespace OnnxAE.Pipelines.FewLabels;

/// <summary>Ends a library's work where it tells of its progress: with the exception that a cancelled token throws.</summary>
internal sealed class CancellingProgress<T>(CancellationToken cancellationToken) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => cancellationToken.ThrowIfCancellationRequested();
}
