namespace OnnxAE.Tests.Conformance;

/// <summary>Work done by threads of its own: the cursors of a set may wait for each other, and a pool might not have a thread for each.</summary>
internal static class InThreads
{
    /// <summary>What each piece of work gives; throws what the first one throws.</summary>
    public static T[] Run<T>(IEnumerable<Func<T>> work)
    {
        Task<T>[] tasks = [.. work.Select(run => Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return [.. tasks.Select(task => task.GetAwaiter().GetResult())];
    }
}
