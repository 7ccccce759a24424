using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Keeps native tensors alive during a call that takes several.</summary>
internal sealed class HeldTensors : IDisposable
{
    private readonly List<Tensor> _held = [];

    public HeldTensors(IList<Tensor> tensors)
    {
        Pointers = new nint[tensors.Count];
        try
        {
            for (int i = 0; i < Pointers.Length; i++)
            {
                Pointers[i] = tensors[i].Hold();
                _held.Add(tensors[i]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public nint[] Pointers { get; }

    public void Dispose()
    {
        foreach (var tensor in _held)
        {
            tensor.Release();
        }

        _held.Clear();
    }
}
