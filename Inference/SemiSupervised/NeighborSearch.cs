using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace OnnxAE.Inference;

/// <summary>
/// Exact nearest neighbors by the cosine: all rows against all, block by block, each pair once. Memory: the lists, and one
/// tile a thread.
/// </summary>
internal static class NeighborSearch
{
    /// <summary>Finds the neighbors of each row: rows whose cosine with it is positive. The result is the same for any number of threads.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="neighborCount">Most neighbors of a row.</param>
    /// <param name="parallelism">How many threads.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1; null for nobody.</param>
    public static NeighborLists Find(PackedRows rows, int neighborCount, ParallelOptions parallelism, Action<double>? progress = null)
    {
        NeighborLists lists = new(rows.Count, neighborCount);
        int blockCount = (rows.Count + SimilarityTile.Side - 1) / SimilarityTile.Side;
        Lock[] locks = [.. Enumerable.Range(0, blockCount).Select(_ => new Lock())];
        long pairCount = (long)blockCount * (blockCount + 1) / 2;
        long done = 0;
        Parallel.For(0, blockCount, parallelism, () => new SimilarityTile(), (first, _, tile) =>
        {
            for (int second = first; second < blockCount; second++)
            {
                tile.Multiply(rows, first, second);
                lock (locks[first]) // always the earlier block first, so that no two threads wait for each other
                {
                    lock (locks[second])
                    {
                        Merge(tile, lists, first, second);
                    }
                }
            }

            progress?.Invoke((double)Interlocked.Add(ref done, blockCount - first) / pairCount);
            return tile;
        }, _ => { });
        return lists;
    }

    // Most products are no match for what is known already: compared by vectors with the limits of both rows.
    private static void Merge(SimilarityTile tile, NeighborLists lists, int first, int second)
    {
        int firstRow = first * SimilarityTile.Side;
        int secondRow = second * SimilarityTile.Side;
        int count = Math.Min(SimilarityTile.Side, lists.Count - firstRow);
        ReadOnlySpan<float> secondLimits = lists.Limits.AsSpan(secondRow, SimilarityTile.Side);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> similarities = tile.Row(i);
            Vector<float> limit = new(lists.Limits[firstRow + i]);
            for (int j = 0; j < SimilarityTile.Side; j += Vector<float>.Count)
            {
                Vector<float> found = new(similarities[j..]);
                if (!Vector.GreaterThanOrEqualAny(found, Vector.Min(limit, new Vector<float>(secondLimits[j..]))))
                {
                    continue;
                }

                for (int k = j; k < j + Vector<float>.Count; k++)
                {
                    Offer(lists, firstRow + i, secondRow + k, similarities[k]);
                }
            }
        }
    }

    private static void Offer(NeighborLists lists, int first, int second, float similarity)
    {
        if (first >= second) // the pair of a row with itself, and, in a block with itself, the pairs that come the other way round
        {
            return;
        }

        if (similarity >= lists.Limits[first])
        {
            lists.Offer(first, second, similarity);
        }

        if (similarity >= lists.Limits[second])
        {
            lists.Offer(second, first, similarity);
        }
    }
}

/// <summary>
/// The products of one block of rows with another: a matrix product that keeps a tile of 4 by <see cref="PackedRows.PanelRows"/>
/// sums in registers and the panels that it reads in the nearest cache. Each sum adds its terms in the order of the row,
/// by fused multiply-adds, so that it is the same whichever row comes first, and on every processor. System.Numerics.Tensors
/// has products of two rows alone, which read every number once a product; a BLAS is a native library that services need not have.
/// </summary>
internal sealed unsafe class SimilarityTile
{
    /// <summary>Rows of a block.</summary>
    public const int Side = 128;

    private const int TileRows = 4;
    private const int DepthBlock = 256; // two panels of as many numbers a row take 32 KiB at 8 numbers a vector

    private readonly float[] _values = new float[Side * Side];

    private static int PanelsPerBlock => Side / PackedRows.PanelRows;

    /// <summary>The products of one row of the first block with all of the second.</summary>
    public ReadOnlySpan<float> Row(int index) => _values.AsSpan(index * Side, Side);

    /// <summary>Multiplies two blocks.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="first">Number of the first block.</param>
    /// <param name="second">Number of the second.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(PackedRows rows, int first, int second)
    {
        Array.Clear(_values);
        int width = PackedRows.PanelRows;
        int leftEnd = Math.Min((first + 1) * PanelsPerBlock, rows.PanelCount);
        int rightEnd = Math.Min((second + 1) * PanelsPerBlock, rows.PanelCount);
        fixed (float* values = _values)
        {
            for (int depth = 0; depth < rows.Dimension; depth += DepthBlock)
            {
                int length = Math.Min(DepthBlock, rows.Dimension - depth);
                for (int l = first * PanelsPerBlock; l < leftEnd; l++)
                {
                    float* sums = values + ((l - (first * PanelsPerBlock)) * width * Side);
                    fixed (float* left = rows.Panel(l))
                    {
                        for (int r = second * PanelsPerBlock; r < rightEnd; r++, sums += width)
                        {
                            fixed (float* right = rows.Panel(r))
                            {
                                for (int i = 0; i < width; i += TileRows)
                                {
                                    AddProducts(left + (depth * width) + i, right + (depth * width), length, sums + (i * Side));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(float* left, float* right, int length, float* sums)
    {
        int half = Vector<float>.Count;
        int width = 2 * half;
        Vector<float> s00 = Vector.Load(sums), s01 = Vector.Load(sums + half);
        Vector<float> s10 = Vector.Load(sums + Side), s11 = Vector.Load(sums + Side + half);
        Vector<float> s20 = Vector.Load(sums + (2 * Side)), s21 = Vector.Load(sums + (2 * Side) + half);
        Vector<float> s30 = Vector.Load(sums + (3 * Side)), s31 = Vector.Load(sums + (3 * Side) + half);
        for (int k = 0; k < length; k++, left += width, right += width)
        {
            Vector<float> r0 = Vector.Load(right), r1 = Vector.Load(right + half);
            Vector<float> l0 = new(left[0]), l1 = new(left[1]);
            s00 = Vector.FusedMultiplyAdd(l0, r0, s00);
            s01 = Vector.FusedMultiplyAdd(l0, r1, s01);
            s10 = Vector.FusedMultiplyAdd(l1, r0, s10);
            s11 = Vector.FusedMultiplyAdd(l1, r1, s11);
            Vector<float> l2 = new(left[2]), l3 = new(left[3]);
            s20 = Vector.FusedMultiplyAdd(l2, r0, s20);
            s21 = Vector.FusedMultiplyAdd(l2, r1, s21);
            s30 = Vector.FusedMultiplyAdd(l3, r0, s30);
            s31 = Vector.FusedMultiplyAdd(l3, r1, s31);
        }

        s00.Store(sums);
        s01.Store(sums + half);
        s10.Store(sums + Side);
        s11.Store(sums + Side + half);
        s20.Store(sums + (2 * Side));
        s21.Store(sums + (2 * Side) + half);
        s30.Store(sums + (3 * Side));
        s31.Store(sums + (3 * Side) + half);
    }
}

/// <summary>
/// Rows of length 1, laid out for products of all with all: panels of some rows each, in a panel the rows' first numbers,
/// their second ones, and so on. A row of zeros, or one with a number that isn't finite, is one of zeros.
/// </summary>
internal sealed class PackedRows(int dimension)
{
    /// <summary>Rows of a panel: two vectors of the processor.</summary>
    public static readonly int PanelRows = 2 * Vector<float>.Count;

    private readonly List<float[]> _panels = [];

    /// <summary>Numbers of a row.</summary>
    public int Dimension => dimension;

    public int Count { get; private set; }

    public int PanelCount => _panels.Count;

    /// <summary>[dimension, PanelRows] numbers; zeros where there are no rows.</summary>
    public float[] Panel(int index) => _panels[index];

    public void Add(ReadOnlySpan<double> row)
    {
        int slot = Count % PanelRows;
        if (slot == 0)
        {
            _panels.Add(new float[dimension * PanelRows]);
        }

        Count++;
        double norm = TensorPrimitives.Norm(row);
        if (!(norm > 0) || !double.IsFinite(norm))
        {
            return;
        }

        float[] panel = _panels[^1];
        for (int i = 0; i < row.Length; i++)
        {
            panel[(i * PanelRows) + slot] = (float)(row[i] / norm);
        }
    }
}
