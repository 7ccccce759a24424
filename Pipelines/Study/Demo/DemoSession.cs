using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>What the demo's steps share: settings, seed, ML.NET's context, the folder that is being filled, and the display.</summary>
internal sealed class DemoSession(CliContext cli, DemoSettings settings, int seed, string folder, CancellationToken cancellationToken)
{
    private readonly IProgressDisplay display = ProgressDisplay.For(cli);
    private readonly List<StepTime> times = [];

    /// <summary>Knobs.</summary>
    public DemoSettings Settings { get; } = settings;

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; } = seed;

    /// <summary>Where the run's files are written until they are complete.</summary>
    public string Folder { get; } = folder;

    /// <summary>Ends the demo between two batches, rows or draws.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>ML.NET, seeded.</summary>
    public MLContext ML { get; } = new(seed);

    /// <summary>Time of each step so far.</summary>
    public IReadOnlyList<StepTime> Times => times;

    /// <summary>Path of a file of the run.</summary>
    public string PathOf(string fileName) => Path.Combine(Folder, fileName);

    /// <summary>Runs a step under a title, times it, and prints what came out.</summary>
    public async Task<T> StepAsync<T>(string name, string title, Func<IProgressStep, Task<T>> work, Func<T, string> describe)
    {
        CancellationToken.ThrowIfCancellationRequested();
        long start = cli.Time.GetTimestamp();
        T result = await display.RunAsync(title, work);
        times.Add(new StepTime(name, Math.Round(cli.Time.GetElapsedTime(start).TotalSeconds, 2)));
        cli.WriteLine($"{name,-9} {describe(result)}");
        return result;
    }

    /// <summary>Runs a step that has nothing to wait for.</summary>
    public Task<T> StepAsync<T>(string name, string title, Func<IProgressStep, T> work, Func<T, string> describe) =>
        StepAsync(name, title, step => Task.FromResult(work(step)), describe);

    /// <summary>The time on the demo's clock, for steps that measure their own pace.</summary>
    public long Timestamp() => cli.Time.GetTimestamp();

    /// <summary>Seconds since <paramref name="start"/>.</summary>
    public double SecondsSince(long start) => cli.Time.GetElapsedTime(start).TotalSeconds;
}
