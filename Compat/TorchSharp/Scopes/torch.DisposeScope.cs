namespace TorchSharp;

public static partial class torch
{
    internal static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current.CurrentScope;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Push();
}
