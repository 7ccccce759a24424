using OnnxAE.Pipelines.Progress;

namespace OnnxAE.Tests.Pipelines;

/// <summary>Progress that nobody looks at.</summary>
internal sealed class NoProgress : IProgressStep
{
    public void Report(double fraction, string status)
    {
    }
}
