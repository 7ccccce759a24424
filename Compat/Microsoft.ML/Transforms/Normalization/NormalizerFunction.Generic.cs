using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A normalizer of a column of <typeparamref name="T"/>, slot by slot; a scalar is one slot.</summary>
internal abstract class NormalizerFunction<T>(int slotCount, bool isVector) : NormalizerFunction
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected int SlotCount { get; } = slotCount;

    protected bool IsVector { get; } = isVector;

    /// <summary>Whether zero stays zero, so that a sparse vector stays as sparse as it is.</summary>
    protected abstract bool KeepsZeros { get; }

    public sealed override Delegate GetGetter(DataViewRow input, DataViewSchema.Column column) =>
        IsVector ? GetVectorGetter(input.GetGetter<VBuffer<T>>(column)) : GetScalarGetter(input.GetGetter<T>(column));

    protected abstract T Map(T value, int slot);

    /// <summary>Maps all slots in place.</summary>
    protected virtual void Map(Span<T> values)
    {
        for (int slot = 0; slot < values.Length; slot++)
            values[slot] = Map(values[slot], slot);
    }

    private ValueGetter<T> GetScalarGetter(ValueGetter<T> source) => (ref T value) =>
    {
        source(ref value);
        value = Map(value, 0);
    };

    private ValueGetter<VBuffer<T>> GetVectorGetter(ValueGetter<VBuffer<T>> source)
    {
        VBuffer<T> buffer = default;
        return (ref VBuffer<T> value) =>
        {
            source(ref buffer);
            Contracts.Check(buffer.Length == SlotCount, $"Normalizer expected {SlotCount} slots but got {buffer.Length}");
            if (buffer.IsDense || !KeepsZeros)
            {
                buffer.CopyToDense(ref value);
                Map(VBufferEditor.CreateFromBuffer(ref value).Values);
                return;
            }
            buffer.CopyTo(ref value);
            VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref value);
            ReadOnlySpan<int> slots = buffer.GetIndices();
            for (int i = 0; i < slots.Length; i++)
                editor.Values[i] = Map(editor.Values[i], slots[i]);
        };
    }
}
