using System.Numerics;

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
                        Merge(tile, lists, first, second);
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
                    continue;
                for (int k = j; k < j + Vector<float>.Count; k++)
                    Offer(lists, firstRow + i, secondRow + k, similarities[k]);
            }
        }
    }

    private static void Offer(NeighborLists lists, int first, int second, float similarity)
    {
        if (first >= second) // the pair of a row with itself, and, in a block with itself, the pairs that come the other way round
            return;
        if (similarity >= lists.Limits[first])
            lists.Offer(first, second, similarity);
        if (similarity >= lists.Limits[second])
            lists.Offer(second, first, similarity);
    }
}
