using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Transforms;

/// <summary>
/// (x - offset) * scale in some slots, the others being left as they are. Only archives of former versions hold one. It takes the memory
/// that the archive took, whatever number of slots that claims.
/// </summary>
/// <param name="slotCount">The length of the column's vectors.</param>
/// <param name="slots">The slots, ascending.</param>
/// <param name="scale">One a listed slot.</param>
/// <param name="offset">One a listed slot, or null for none at all.</param>
/// <param name="isVector">Whether the column is a vector.</param>
internal sealed class ListedAffineNormalizer<T>(int slotCount, int[] slots, T[] scale, T[] offset, bool isVector) : NormalizerFunction<T>(slotCount, isVector)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool KeepsZeros => offset is null;

    protected override T Map(T value, int slot)
    {
        int i = Array.BinarySearch(slots, slot);
        return i < 0 ? value : MapListed(value, i);
    }

    protected override void Map(Span<T> values)
    {
        for (int i = 0; i < slots.Length; i++)
            values[slots[i]] = MapListed(values[slots[i]], i);
    }

    public override void Save(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(AffineNormalizer.Version);
        ctx.Writer.Write(Unsafe.SizeOf<T>());
        ctx.Writer.Write(SlotCount);
        ctx.Writer.Write(slots.Length);
        ctx.WriteValues<int>(slots);
        ctx.Writer.Write(scale.Length);
        ctx.WriteValues<T>(scale);
        ctx.Writer.Write(offset?.Length ?? 0);
        ctx.WriteValues<T>(offset);
    }

    private T MapListed(T value, int i) => (offset is null ? value : value - offset[i]) * scale[i];
}
