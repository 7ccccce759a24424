using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Lays arguments out for a native call, and holds on to the tensors and generators among them until it is over.</summary>
/// <param name="scratch">Memory that does not move, for lists and texts.</param>
internal ref struct ArgumentWriter(Span<long> scratch)
{
    private readonly Span<long> _scratch = scratch;
    private int _used;
    private int _held;

    /// <summary>How many 8-byte slots the lists and texts among the arguments take.</summary>
    public static int CountSlots(ReadOnlySpan<Argument> arguments)
    {
        int slots = 0;
        foreach (ref readonly var argument in arguments)
        {
            slots += argument.Value switch
            {
                Array list => list.Length,
                string text => Encoding.UTF8.GetByteCount(text) / sizeof(long) + 1,
                _ => 0,
            };
        }

        return slots;
    }

    public void Write(ReadOnlySpan<Argument> arguments, Span<NativeValue> values)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            ref var value = ref values[i];
            value = new NativeValue { Kind = argument.Kind, Integer = argument.Bits };
            switch (argument.Value)
            {
                case Tensor tensor:
                    value.Pointer = Hold(tensor);
                    break;
                case Tensor?[] tensors:
                    value.Pointer = Place(tensors.Length, out var pointers);
                    value.Count = tensors.Length;
                    for (int k = 0; k < tensors.Length; k++)
                    {
                        pointers[k] = tensors[k] is { } item ? Hold(item) : 0;
                    }

                    break;
                case long[] numbers:
                    value.Pointer = Place(numbers.Length, out var integers);
                    value.Count = numbers.Length;
                    numbers.CopyTo(integers);
                    break;
                case double[] numbers:
                    value.Pointer = Place(numbers.Length, out var reals);
                    value.Count = numbers.Length;
                    MemoryMarshal.Cast<double, long>(numbers).CopyTo(reals);
                    break;
                case string text:
                    value.Pointer = Place(Encoding.UTF8.GetByteCount(text) / sizeof(long) + 1, out var letters);
                    value.Count = Encoding.UTF8.GetBytes(text, MemoryMarshal.AsBytes(letters));
                    break;
                case Generator generator:
                    value.Pointer = generator.Hold();
                    _held++;
                    break;
                case Device device:
                    value.Count = device.index;
                    break;
            }
        }
    }

    public readonly void Release(ReadOnlySpan<Argument> arguments)
    {
        int left = _held;
        for (int i = 0; left > 0; i++)
        {
            if (arguments[i].Value is Tensor tensor)
            {
                tensor.Release();
                left--;
            }
            else if (arguments[i].Value is Generator generator)
            {
                generator.Release();
                left--;
            }
            else if (arguments[i].Value is Tensor?[] tensors)
            {
                for (int k = 0; k < tensors.Length && left > 0; k++)
                {
                    if (tensors[k] is { } item)
                    {
                        item.Release();
                        left--;
                    }
                }
            }
        }
    }

    private nint Hold(Tensor tensor)
    {
        nint pointer = tensor.Hold();
        _held++;
        return pointer;
    }

    private unsafe nint Place(int length, out Span<long> slots)
    {
        slots = _scratch.Slice(_used, length);
        _used += length;
        return (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(slots));
    }
}
