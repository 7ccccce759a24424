namespace OnnxAE.Pipelines.Progress;

/// <summary>Shows a step while it runs: a bar on a terminal, lines elsewhere.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> under a title.</summary>
    Task<T> RunAsync<T>(string title, Func<IProgressStep, Task<T>> work);
}
