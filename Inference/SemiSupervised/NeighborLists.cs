namespace OnnxAE.Inference;

/// <summary>The nearest neighbors of each row so far, nearest first; of two as near the earlier row.</summary>
internal sealed class NeighborLists
{
    private readonly int _length;
    private readonly int[] _rows;
    private readonly float[] _similarities;

    /// <param name="count">Number of rows.</param>
    /// <param name="length">Most neighbors of a row.</param>
    public NeighborLists(int count, int length)
    {
        Count = count;
        _length = Math.Max(1, Math.Min(length, count - 1));
        _rows = new int[checked(count * _length)];
        _similarities = new float[_rows.Length];
        Array.Fill(_rows, -1);
        Limits = new float[(count + SimilarityTile.Side - 1) / SimilarityTile.Side * SimilarityTile.Side];
        Array.Fill(Limits, float.Epsilon);
    }

    public int Count { get; }

    /// <summary>For each row how near another must be, at least, to become a neighbor: above 0, then as near as the farthest one.</summary>
    public float[] Limits { get; }

    public ReadOnlySpan<int> Rows(int row)
    {
        Span<int> all = _rows.AsSpan(row * _length, _length);
        int count = all.IndexOf(-1);
        return count < 0 ? all : all[..count];
    }

    public ReadOnlySpan<float> Similarities(int row) => _similarities.AsSpan(row * _length, Rows(row).Length);

    /// <summary>Keeps a candidate if it is nearer than the farthest neighbor.</summary>
    public void Offer(int row, int candidate, float similarity)
    {
        Span<int> rows = _rows.AsSpan(row * _length, _length);
        Span<float> similarities = _similarities.AsSpan(row * _length, _length);
        int place = _length;
        while (place > 0 && (rows[place - 1] < 0 || similarity > similarities[place - 1] || (similarity == similarities[place - 1] && candidate < rows[place - 1])))
            place--;
        if (place == _length)
            return;
        rows[place..^1].CopyTo(rows[(place + 1)..]);
        similarities[place..^1].CopyTo(similarities[(place + 1)..]);
        rows[place] = candidate;
        similarities[place] = similarity;
        if (rows[^1] >= 0)
            Limits[row] = similarities[^1];
    }
}
