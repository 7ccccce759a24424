using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Switches the recording of gradients for the current thread until it is disposed of.</summary>
internal sealed class GradMode : IDisposable
{
    private readonly int _before = Native.GradEnabled();

    public GradMode(bool enabled) => Native.SetGradEnabled(enabled ? 1 : 0);

    public void Dispose() => Native.SetGradEnabled(_before);
}
