namespace OnnxAE.Pipelines.Bench;

/// <summary>One way to score the rows of the benchmark.</summary>
internal interface IScorer : IDisposable
{
    /// <summary>The library, and what of it was set.</summary>
    string Name { get; }

    /// <summary>Scores some rows.</summary>
    /// <returns>Seconds.</returns>
    double Score(int first, int count);
}
