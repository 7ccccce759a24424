using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using NormFunction = Microsoft.ML.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace Microsoft.ML.Transforms;

/// <summary>How the rows of one column are brought to a norm: (x - mean) * scale / norm.</summary>
internal sealed record LpNormalization(string OutputColumnName, string InputColumnName, NormFunction Norm, bool EnsureZeroMean, float Scale = 1)
{
    private const float LeastScale = 1e-8f; // a row whose factor would be smaller is left as it is

    public void Apply(in VBuffer<float> row, ref VBuffer<float> destination)
    {
        ReadOnlySpan<float> values = row.GetValues();
        float mean = EnsureZeroMean && values.Length > 0 ? TensorPrimitives.Sum(values) / row.Length : 0;
        float norm = GetNorm(values, row.Length, mean);
        float scale = norm > 0 ? Scale / norm : Scale;
        if (scale < LeastScale)
            scale = 1;
        if (mean == 0)
        {
            row.CopyTo(ref destination);
            Span<float> scaled = VBufferEditor.CreateFromBuffer(ref destination).Values[..values.Length];
            TensorPrimitives.Multiply(scaled, scale, scaled);
            return;
        }

        row.CopyToDense(ref destination); // zeros do not stay zeros
        Span<float> all = VBufferEditor.CreateFromBuffer(ref destination).Values;
        TensorPrimitives.Subtract(all, mean, all);
        TensorPrimitives.Multiply(all, scale, all);
    }

    public void Save(ModelSaveContext ctx)
    {
        ctx.Writer.Write(EnsureZeroMean);
        ctx.Writer.Write((byte)Norm);
        ctx.Writer.Write(Scale);
    }

    public static LpNormalization Load(ModelLoadContext ctx, string outputColumnName, string inputColumnName)
    {
        byte ensureZeroMean = ctx.Reader.ReadByte();
        byte norm = ctx.Reader.ReadByte();
        float scale = ctx.Reader.ReadSingle();
        Contracts.CheckDecode(ensureZeroMean <= 1 && norm <= (byte)NormFunction.Infinity && scale > 0 && float.IsFinite(scale));
        return new LpNormalization(outputColumnName, inputColumnName, (NormFunction)norm, ensureZeroMean == 1, scale);
    }

    // Of the values that are there: slots that a sparse row leaves out count for the standard deviation only, as in the original.
    private float GetNorm(ReadOnlySpan<float> values, int length, float mean)
    {
        if (values.IsEmpty)
            return 0;
        if (Norm == NormFunction.StandardDeviation)
        {
            float center = EnsureZeroMean ? mean : TensorPrimitives.Sum(values) / length;
            return MathF.Sqrt((SumOfSquares(values, center) + (length - values.Length) * center * center) / length);
        }

        float norm = 0;
        switch (Norm)
        {
            case NormFunction.L1:
                foreach (float value in values)
                    norm += MathF.Abs(value - mean);
                return norm;
            case NormFunction.Infinity:
                foreach (float value in values)
                    norm = MathF.Max(norm, MathF.Abs(value - mean));
                return norm;
            default:
                return MathF.Sqrt(SumOfSquares(values, mean));
        }
    }

    private static float SumOfSquares(ReadOnlySpan<float> values, float center)
    {
        if (center == 0)
            return TensorPrimitives.SumOfSquares(values);
        float sum = 0;
        foreach (float value in values)
            sum += (value - center) * (value - center);
        return sum;
    }
}
