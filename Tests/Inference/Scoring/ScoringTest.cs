using Microsoft.ML;

namespace OnnxAE.Tests;

/// <summary>What tests of scoring have in common: a context, and a folder for models.</summary>
public abstract class ScoringTest : IDisposable
{
    /// <summary>A context of the test's own.</summary>
    private protected MLContext Ml { get; } = new(seed: 1);

    /// <summary>A folder that goes with the test.</summary>
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
