using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>
/// How the weight vectors of a linear model are stored: three counted blocks (starts of the rows, column indices, values).
/// Dense rows leave the first two empty; a single sparse row makes all of them compressed sparse rows.
/// </summary>
internal static class WeightMatrix
{
    public static VBuffer<float>[] Load(ModelLoadContext ctx, int rowCount, int columnCount)
    {
        int startCount = ctx.ReadCount(sizeof(int));
        return startCount == 0 ? LoadDense(ctx, rowCount, columnCount) : LoadSparse(ctx, startCount, rowCount, columnCount);
    }

    public static void Save(ModelSaveContext ctx, VBuffer<float>[] rows)
    {
        if (rows.All(row => row.IsDense))
        {
            ctx.Writer.Write(0);
            ctx.Writer.Write(0);
            ctx.Writer.Write(rows.Sum(row => row.Length));
            foreach (VBuffer<float> row in rows)
                ctx.WriteValues<float>(row.GetValues());
            return;
        }

        var items = Array.ConvertAll(rows, row => row.Items().Where(item => !row.IsDense || item.Value != 0).ToList());
        ctx.Writer.Write(rows.Length + 1);
        int count = 0;
        ctx.Writer.Write(count);
        foreach (var row in items)
            ctx.Writer.Write(count += row.Count);
        ctx.Writer.Write(count);
        foreach (var (index, _) in items.SelectMany(row => row))
            ctx.Writer.Write(index);
        ctx.Writer.Write(count);
        foreach (var (_, value) in items.SelectMany(row => row))
            ctx.Writer.Write(value);
    }

    private static VBuffer<float>[] LoadDense(ModelLoadContext ctx, int rowCount, int columnCount)
    {
        Contracts.CheckDecode(ctx.Reader.ReadInt32() == 0);
        int count = ctx.ReadCount(sizeof(float));
        Contracts.CheckDecode(count == (long)rowCount * columnCount);
        var rows = new VBuffer<float>[rowCount];
        for (int row = 0; row < rowCount; row++)
            rows[row] = new VBuffer<float>(columnCount, ctx.ReadValues<float>(columnCount));
        return rows;
    }

    private static VBuffer<float>[] LoadSparse(ModelLoadContext ctx, int startCount, int rowCount, int columnCount)
    {
        Contracts.CheckDecode(startCount == rowCount + 1);
        int[] starts = ctx.ReadValues<int>(startCount);
        Contracts.CheckDecode(starts[0] == 0 && starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second));

        int count = ctx.ReadCount(sizeof(int));
        Contracts.CheckDecode(count == starts[^1]);
        var indices = new int[rowCount][];
        for (int row = 0; row < rowCount; row++)
        {
            indices[row] = ctx.ReadValues<int>(starts[row + 1] - starts[row]);
            int previous = -1;
            foreach (int index in indices[row])
            {
                Contracts.CheckDecode(index > previous && index < columnCount);
                previous = index;
            }
        }

        Contracts.CheckDecode(ctx.ReadCount(sizeof(float)) == count);
        var rows = new VBuffer<float>[rowCount];
        for (int row = 0; row < rowCount; row++)
            rows[row] = new VBuffer<float>(columnCount, indices[row].Length, ctx.ReadValues<float>(indices[row].Length), indices[row]);
        return rows;
    }
}
