namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(enabled: false);

    internal static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
}
