namespace OnnxAE.Pipelines.Progress;

/// <summary>How far one step is.</summary>
internal interface IProgressStep
{
    /// <summary>Says how far the step is and what it last saw.</summary>
    /// <param name="fraction">Done of the whole, 0 to 1; never goes back.</param>
    /// <param name="status">A few words, such as the epoch and its losses.</param>
    void Report(double fraction, string status);

    /// <summary>Says that part of the way lies behind from an earlier time, so that the time left is told by the rest.</summary>
    /// <param name="fraction">Done of the whole before this step began, 0 to 1.</param>
    void StartAt(double fraction)
    {
    }
}
