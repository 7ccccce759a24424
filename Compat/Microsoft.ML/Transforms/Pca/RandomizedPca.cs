using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>
/// Principal components from two passes over the rows: the covariance is applied to random directions, then to an orthonormal
/// basis of what comes out (Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53, 2011).
/// Memory holds a few vectors a component and a block of rows, however many rows there are.
/// </summary>
internal sealed class RandomizedPca
{
    private const int BlockSize = 256; // rows that all directions visit while they are in the processor's cache
    private const float LeastEigenvalue = 1e-6f;

    private readonly IDataView _data;
    private readonly DataViewSchema.Column _column;
    private readonly DataViewSchema.Column? _weight;
    private readonly PcaOptions _options;
    private readonly int _dimension;
    private readonly Random _random;

    public RandomizedPca(IDataView data, DataViewSchema.Column column, PcaOptions options, IHostEnvironment env)
    {
        _data = data;
        _column = column;
        _options = options;
        _dimension = column.Type.GetValueCount();
        _random = options.Seed is int seed ? new Random(seed) : env.CreateRandom();
        if (options.WeightColumnName is null)
            return;
        _weight = data.Schema.GetColumnOrNull(options.WeightColumnName);
        Contracts.Check(_weight is not null, $"Weight column '{options.WeightColumnName}' does not exist.");
        Contracts.CheckParam(_weight.Value.Type == NumberDataViewType.Single, "weightColumn");
    }

    public PrincipalComponents Learn()
    {
        float[][] basis = [.. Enumerable.Range(0, Math.Min(_options.Rank + _options.Oversampling, _dimension)).Select(_ => DrawDirection())];
        // The original starts the mean of its second pass from that of the first, and so do these figures: 1 + 1/n of it.
        float[] mean = _options.EnsureZeroMean ? new float[_dimension] : null;
        basis = ApplyCovariance(basis, mean);
        Orthonormalize(basis);
        float[][] directions = FindComponents(ApplyCovariance(basis, mean));
        return new PrincipalComponents(directions, mean is null ? null : Array.ConvertAll(directions, direction => TensorPrimitives.Dot<float>(direction, mean)));
    }

    private float[] DrawDirection()
    {
        var direction = new float[_dimension];
        for (int i = 0; i < direction.Length; i++)
            direction[i] = (float)DrawGaussian();
        return direction;
    }

    // Leva's ratio of uniforms (ACM TOMS 18, 1992), which draws as often as the original: a seed gives the same directions.
    private double DrawGaussian()
    {
        double u;
        double v;
        double q;
        do
        {
            u = _random.NextDouble();
            v = 2 * Math.Sqrt(2 / Math.E) * (_random.NextDouble() - 0.5);
            double x = u - 0.449871;
            double y = Math.Abs(v) + 0.386595;
            q = x * x + y * (0.19600 * y - 0.25472 * x);
        }
        while (q > 0.27597 && (q > 0.27846 || v * v > -4 * u * u * Math.Log(u)));
        return v / u;
    }

    /// <summary>X'X/n times each of the directions, where X is the data less its mean; null where the mean is not to be taken off.</summary>
    private float[][] ApplyCovariance(float[][] directions, float[] mean)
    {
        float[][] result = Array.ConvertAll(directions, _ => new float[_dimension]);
        double weightSum = 0;
        foreach (ArraySegment<(float[] Row, float Weight)> block in ReadBlocks())
        {
            foreach (var (row, weight) in block)
            {
                weightSum += weight;
                if (mean is not null)
                    TensorPrimitives.MultiplyAdd(row, weight, mean, mean);
            }
            Parallel.For(0, directions.Length, i =>
            {
                foreach (var (row, weight) in block)
                    TensorPrimitives.MultiplyAdd(row, weight * TensorPrimitives.Dot<float>(directions[i], row), result[i], result[i]);
            });
        }

        Contracts.Check(weightSum > 0, $"Empty data in column '{_column.Name}'");
        float share = (float)(1 / weightSum);
        if (mean is not null)
            TensorPrimitives.Multiply(mean, share, mean);
        for (int i = 0; i < result.Length; i++)
        {
            TensorPrimitives.Multiply(result[i], share, result[i]);
            if (mean is not null)
                TensorPrimitives.MultiplyAdd(mean, -TensorPrimitives.Dot<float>(directions[i], mean), result[i], result[i]);
        }
        return result;
    }

    /// <summary>The rows that have finite numbers and a weight; the arrays are filled again for the next block.</summary>
    private IEnumerable<ArraySegment<(float[] Row, float Weight)>> ReadBlocks()
    {
        var block = new (float[] Row, float Weight)[BlockSize];
        using DataViewRowCursor cursor = _data.GetRowCursor(_weight is { } extra ? [_column, extra] : [_column]);
        ValueGetter<VBuffer<float>> getRow = cursor.GetGetter<VBuffer<float>>(_column);
        ValueGetter<float> getWeight = _weight is { } column ? cursor.GetGetter<float>(column) : null;
        VBuffer<float> row = default;
        float weight = 1;
        int count = 0;
        while (cursor.MoveNext())
        {
            getWeight?.Invoke(ref weight);
            getRow(ref row);
            if (!(weight >= 0) || !float.IsFinite(weight) || !row.GetValues().AreFinite())
                continue;
            row.CopyTo(block[count].Row ??= new float[_dimension]);
            block[count].Weight = weight;
            if (++count < BlockSize)
                continue;
            yield return block;
            count = 0;
        }
        yield return new(block, 0, count);
    }

    // Modified Gram-Schmidt. Where the data has fewer dimensions than directions were drawn, nothing is left of the last ones.
    private static void Orthonormalize(float[][] vectors)
    {
        for (int i = 0; i < vectors.Length; i++)
        {
            float[] unit = vectors[i];
            float norm = TensorPrimitives.Norm<float>(unit);
            if (norm == 0)
                continue;
            TensorPrimitives.Multiply(unit, 1 / norm, unit);
            foreach (float[] other in vectors.AsSpan(i + 1))
                TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot<float>(unit, other), other, other);
        }
    }

    /// <summary>The left singular vectors of the image of the basis, largest first.</summary>
    private float[][] FindComponents(float[][] image)
    {
        int count = image.Length;
        var products = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++)
                products[i, j] = products[j, i] = TensorPrimitives.Dot<float>(image[i], image[j]);
        }
        var (values, vectors) = SymmetricEigen.Decompose(products);
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => values[i]).Take(_options.Rank)];
        return Array.ConvertAll(order, i =>
        {
            float scale = 1 / (LeastEigenvalue + (float)Math.Sqrt(Math.Max(0, values[i])));
            var direction = new float[_dimension];
            for (int j = 0; j < count; j++)
                TensorPrimitives.MultiplyAdd(image[j], (float)vectors[j, i], direction, direction);
            TensorPrimitives.Multiply(direction, scale, direction);
            return direction;
        });
    }
}
