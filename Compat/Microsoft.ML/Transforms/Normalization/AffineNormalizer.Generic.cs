using System.Collections.Immutable;
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

    public override NormalizingTransformer.NormalizerModelParametersBase GetModelParameters() => IsVector
        ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. scale], [.. offset ?? []])
        : new NormalizingTransformer.AffineNormalizerModelParameters<T>(scale[0], offset is null ? T.Zero : offset[0]);

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

    public static NormalizerFunction<T> Load(ModelLoadContext ctx, int slotCount, bool isVector)
    {
        Contracts.CheckDecode(ctx.Reader.ReadInt32() == Unsafe.SizeOf<T>());
        int storedCount = ctx.Reader.ReadInt32();
        Contracts.Check(storedCount == slotCount, $"Normalizer expected {storedCount} slots, but the input data column has {slotCount} slots.");
        int listed = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(listed >= AffineNormalizer.AllSlots && listed < slotCount);
        int[] slots = listed == AffineNormalizer.AllSlots ? null : ctx.ReadValues<int>(listed);
        Contracts.CheckDecode(slots is null || AreAscending(slots, slotCount));

        int count = slots?.Length ?? slotCount;
        Contracts.CheckDecode(ctx.Reader.ReadInt32() == count);
        T[] scale = ctx.ReadValues<T>(count);
        int offsetCount = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(offsetCount == 0 || offsetCount == count);
        T[] offset = ctx.ReadValues<T>(offsetCount);
        Contracts.CheckDecode(!scale.Any(T.IsNaN) && !offset.Any(T.IsNaN));
        for (int i = 0; i < offsetCount; i++)
            offset[i] = T.IsZero(scale[i]) ? T.Zero : offset[i];
        if (offsetCount == 0)
            offset = null;
        return slots is null
            ? new AffineNormalizer<T>(scale, offset, isVector)
            : new ListedAffineNormalizer<T>(slotCount, slots, scale, offset, isVector);
    }

    private static bool AreAscending(int[] slots, int slotCount) =>
        slots.Zip(slots.Skip(1)).All(pair => pair.First < pair.Second) && slots.All(slot => slot >= 0 && slot < slotCount);
}
