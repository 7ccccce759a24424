using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
internal sealed class ParameterState(Parameter parameter, int tensorCount) : IDisposable
{
    public long Steps { get; set; }

    /// <summary>Zeros at first, in the parameter's shape.</summary>
    public Tensor[] Tensors { get; } =
        [.. Enumerable.Range(0, tensorCount).Select(_ => zeros_like(parameter).DetachFromDisposeScope())];

    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }
}
