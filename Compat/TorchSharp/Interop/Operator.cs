using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An operator of libtorch, found by the name in its schema ("add.Tensor") when it is first called.</summary>
internal sealed class Operator(string name)
{
    private const int MaxResults = 256;
    private nint _handle;

    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(arguments, results);
        return new Tensor(results[0].Pointer);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that argument.</summary>
    public Tensor CallInPlace(Tensor self, params ReadOnlySpan<Argument> rest)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke([self, .. rest], results);
        Native.TensorFree(results[0].Pointer);
        return self;
    }

    public (Tensor First, Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[2];
        Invoke(arguments, results);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    public Tensor[] CallMany(params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaxResults];
        var tensors = new Tensor[Invoke(arguments, results)];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new Tensor(results[i].Pointer);
        }

        return tensors;
    }

    public bool CallBool(params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[1];
        Invoke(arguments, results);
        return results[0].Integer != 0;
    }

    private unsafe int Invoke(ReadOnlySpan<Argument> arguments, Span<NativeValue> results)
    {
        if (_handle == 0)
        {
            Find();
        }

        Span<NativeValue> values = stackalloc NativeValue[arguments.Length];
        int slots = ArgumentWriter.CountSlots(arguments);
        Span<long> scratch = slots <= 64 ? stackalloc long[64] : GC.AllocateUninitializedArray<long>(slots, pinned: true);
        var writer = new ArgumentWriter(scratch);
        try
        {
            writer.Write(arguments, values);
            fixed (NativeValue* first = values, firstResult = results)
            {
                Native.Check(Native.Call(_handle, first, values.Length, firstResult, results.Length, out int count));
                return count;
            }
        }
        finally
        {
            writer.Release(arguments);
        }
    }

    private unsafe void Find()
    {
        int dot = name.IndexOf('.');
        string overload = dot < 0 ? "" : name[(dot + 1)..];
        Native.Check(Native.FindOperator("aten::" + (dot < 0 ? name : name[..dot]), overload, out _handle));
    }
}
