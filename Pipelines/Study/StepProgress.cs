
namespace OnnxAE.Pipelines;

/// <summary>Hands a library's progress on to the display, on the calling thread; parallel work may tell of it out of order.</summary>
internal sealed class StepProgress(IProgressStep step, string status) : IProgress<double>
{
    private readonly Lock guard = new();
    private double farthest;

    /// <inheritdoc/>
    public void Report(double value)
    {
        lock (guard)
        {
            farthest = Math.Max(farthest, value);
            step.Report(farthest, status);
        }
    }
}

/// <summary>Ends a library's work where it tells of its progress: with the exception that a cancelled token throws.</summary>
internal sealed class CancellingProgress<T>(CancellationToken cancellationToken) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => cancellationToken.ThrowIfCancellationRequested();
}
