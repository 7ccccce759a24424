using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The normal distribution's cumulative probability, by an approximation of erf with elementary functions.</summary>
internal sealed class CdfNormalizer<T>(T[] mean, T[] deviation, bool useLog, bool isVector) : NormalizerFunction<T>(mean.Length, isVector)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Winitzki's constant for erf.
    private static readonly T A = T.CreateChecked(0.147);
    private static readonly T Two = T.CreateChecked(2);

    // Absent slots stay zero, whatever the probability of a zero is.
    protected override bool KeepsZeros => true;

    protected override T Map(T value, int slot)
    {
        if (!(deviation[slot] > T.Epsilon))
            return T.Zero;
        T x = useLog ? T.CreateChecked(Math.Log(double.CreateChecked(value))) : value;
        if (!T.IsFinite(x))
            return T.Zero;
        x = (x - mean[slot]) / deviation[slot];
        T square = x * x / Two;
        T scaled = A * square;
        double exponent = -double.CreateChecked(square) * (4 / Math.PI + double.CreateChecked(scaled)) / double.CreateChecked(T.One + scaled);
        double half = 0.5 * T.Sign(x) * Math.Sqrt(1 - Math.Exp(exponent));
        return T.CreateChecked(0.5 + half);
    }

    public override void Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(CdfNormalizer.Version);
        ctx.Writer.Write(Unsafe.SizeOf<T>());
        ctx.Writer.Write(useLog);
        ctx.Writer.Write(SlotCount);
        ctx.WriteValues(mean);
        ctx.WriteValues(deviation);
        ctx.SaveTextStream("CdfNormalizer.txt", writer =>
        {
            writer.WriteLine($"NumNormalizationFeatures={SlotCount}");
            writer.WriteLine($"Log={useLog}");
            for (int slot = 0; slot < SlotCount; slot++)
                writer.WriteLine($"{mean[slot]}\t{deviation[slot]}");
        });
    }

    public static CdfNormalizer<T> Load(ModelLoadContext ctx, int slotCount, bool isVector)
    {
        Contracts.CheckDecode(ctx.Reader.ReadInt32() == Unsafe.SizeOf<T>());
        byte useLog = ctx.Reader.ReadByte();
        Contracts.CheckDecode(useLog <= 1);
        int storedCount = ctx.Reader.ReadInt32();
        Contracts.Check(storedCount == slotCount, $"Normalizer expected {storedCount} slots, but the input data column has {slotCount} slots.");
        T[] mean = ctx.ReadValues<T>(slotCount);
        return new CdfNormalizer<T>(mean, ctx.ReadValues<T>(slotCount), useLog == 1, isVector);
    }
}
