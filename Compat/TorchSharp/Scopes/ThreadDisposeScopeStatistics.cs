namespace TorchSharp;

/// <summary>The counts of the current thread; here all of them are tensors.</summary>
public class ThreadDisposeScopeStatistics
{
    internal ThreadDisposeScopeStatistics() { }

    internal LifetimeStatistics TensorStatistics { get; } = new();

    internal long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount;

    internal long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount;

    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;
}
