using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>(x - offset) * scale.</summary>
/// <param name="scale">One a slot.</param>
/// <param name="offset">One a slot, or null for none at all.</param>
/// <param name="isVector">Whether the column is a vector.</param>
internal sealed class AffineNormalizer<T>(T[] scale, T[] offset, bool isVector) : NormalizerFunction<T>(scale.Length, isVector)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool KeepsZeros => offset is null;

    protected override T Map(T value, int slot) => offset is null ? value * scale[slot] : (value - offset[slot]) * scale[slot];

    protected override void Map(Span<T> values)
    {
        if (offset is not null)
            TensorPrimitives.Subtract(values, offset, values);
        TensorPrimitives.Multiply(values, scale, values);
    }

    public override void Save(ModelSaveContext ctx)
    {
        // A scalar writes its offset even when it is zero, a vector no offsets where there is none.
        T[] offsets = offset is null && !IsVector ? [T.Zero] : offset ?? [];
        ctx.SetVersionInfo(AffineNormalizer.Version);
        ctx.Writer.Write(Unsafe.SizeOf<T>());
        ctx.Writer.Write(SlotCount);
        ctx.Writer.Write(AffineNormalizer.AllSlots);
        ctx.Writer.Write(scale.Length);
        ctx.WriteValues(scale);
        ctx.Writer.Write(offsets.Length);
        ctx.WriteValues(offsets);
        ctx.SaveTextStream("AffineNormalizer.txt", writer =>
        {
            writer.WriteLine($"NumNormalizationFeatures={SlotCount}");
            for (int slot = 0; slot < scale.Length; slot++)
                writer.WriteLine($"{slot}\t{(offsets.Length > 0 ? offsets[slot] : T.Zero)}\t{scale[slot]}");
            writer.WriteLine();
        });
    }

    public static AffineNormalizer<T> Load(ModelLoadContext ctx, int slotCount, bool isVector)
    {
        Contracts.CheckDecode(ctx.Reader.ReadInt32() == Unsafe.SizeOf<T>());
        int storedCount = ctx.Reader.ReadInt32();
        Contracts.Check(storedCount == slotCount, $"Normalizer expected {storedCount} slots, but the input data column has {slotCount} slots.");
        int listed = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(listed >= AffineNormalizer.AllSlots && listed < slotCount);
        int[] slots = listed == AffineNormalizer.AllSlots ? [.. Enumerable.Range(0, slotCount)] : ctx.ReadValues<int>(listed);
        Contracts.CheckDecode(slots.Zip(slots.Skip(1)).All(pair => pair.First < pair.Second) && slots.All(slot => slot >= 0 && slot < slotCount));

        Contracts.CheckDecode(ctx.Reader.ReadInt32() == slots.Length);
        T[] scales = ctx.ReadValues<T>(slots.Length);
        int offsetCount = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(offsetCount == 0 || offsetCount == slots.Length);
        T[] offsets = ctx.ReadValues<T>(offsetCount);
        Contracts.CheckDecode(!scales.Any(T.IsNaN) && !offsets.Any(T.IsNaN));

        // Slots that are not listed are left as they are.
        var scale = new T[slotCount];
        Array.Fill(scale, T.One);
        T[] offset = offsetCount > 0 ? new T[slotCount] : null;
        for (int i = 0; i < slots.Length; i++)
        {
            scale[slots[i]] = scales[i];
            if (offset is not null && !T.IsZero(scales[i]))
                offset[slots[i]] = offsets[i];
        }
        return new AffineNormalizer<T>(scale, offset, isVector);
    }
}
