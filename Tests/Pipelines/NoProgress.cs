using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

/// <summary>Progress that nobody looks at.</summary>
internal sealed class NoProgress : IProgressStep
{
    public void Report(double fraction, string status)
    {
    }
}
