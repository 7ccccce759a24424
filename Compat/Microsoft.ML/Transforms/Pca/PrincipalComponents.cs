using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The directions of largest variance, and where the mean falls on them.</summary>
/// <param name="Directions">One unit vector a component [R, D].</param>
/// <param name="ProjectedMean">The mean's projections [R], or null when the data was not centered.</param>
internal sealed record PrincipalComponents(float[][] Directions, float[] ProjectedMean)
{
    public int Rank => Directions.Length;

    public int Dimension => Directions[0].Length;

    public void Project(in VBuffer<float> row, ref VBuffer<float> destination)
    {
        Contracts.Check(row.Length == Dimension, $"The projection expected {Dimension} slots but got {row.Length}");
        VBufferEditor<float> editor = VBufferEditor.Create(ref destination, Rank);
        for (int i = 0; i < Rank; i++)
            editor.Values[i] = Dot(Directions[i], in row) - (ProjectedMean?[i] ?? 0);
        destination = editor.Commit();
    }

    public void Save(ModelSaveContext ctx)
    {
        ctx.Writer.Write(Dimension);
        ctx.Writer.Write(Rank);
        foreach (float[] direction in Directions)
            ctx.WriteValues<float>(direction);
        ctx.Writer.Write(ProjectedMean?.Length ?? 0);
        ctx.WriteValues<float>(ProjectedMean);
    }

    public static PrincipalComponents Load(ModelLoadContext ctx)
    {
        int dimension = ctx.Reader.ReadInt32();
        int rank = ctx.ReadCount(sizeof(float));
        Contracts.CheckDecode(rank > 0 && rank <= dimension);
        var directions = new float[rank][];
        for (int i = 0; i < rank; i++)
            directions[i] = ReadFinite(ctx, dimension);
        int meanCount = ctx.ReadCount(sizeof(float));
        Contracts.CheckDecode(meanCount == 0 || meanCount == rank);
        return new PrincipalComponents(directions, meanCount == 0 ? null : ReadFinite(ctx, meanCount));
    }

    private static float[] ReadFinite(ModelLoadContext ctx, int count)
    {
        float[] values = ctx.ReadValues<float>(count);
        Contracts.CheckDecode(values.All(float.IsFinite));
        return values;
    }

    private static float Dot(float[] direction, in VBuffer<float> row)
    {
        ReadOnlySpan<float> values = row.GetValues();
        if (row.IsDense)
            return TensorPrimitives.Dot(direction, values);
        ReadOnlySpan<int> slots = row.GetIndices();
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += direction[slots[i]] * values[i];
        return sum;
    }
}
