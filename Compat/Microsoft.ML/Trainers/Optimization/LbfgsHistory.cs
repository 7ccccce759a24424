using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The last steps of an optimization and how the gradient changed along them: an implicit inverse Hessian
/// (Nocedal and Wright, Numerical Optimization, algorithm 7.4).
/// </summary>
internal sealed class LbfgsHistory(int capacity, int dimension)
{
    private readonly List<Entry> _entries = [];

    private sealed record Entry(float[] Step, float[] GradientChange)
    {
        public float Curvature { get; set; }
    }

    public void Clear() => _entries.Clear();

    /// <summary>Remembers a step; the oldest one makes room. False when the step has no curvature at all.</summary>
    public bool TryAdd(float[] from, float[] to, float[] gradientFrom, float[] gradientTo)
    {
        Entry entry;
        if (_entries.Count == capacity)
        {
            entry = _entries[0];
            _entries.RemoveAt(0);
        }
        else
        {
            entry = new Entry(new float[dimension], new float[dimension]);
        }

        TensorPrimitives.Subtract(to, from, entry.Step);
        TensorPrimitives.Subtract(gradientTo, gradientFrom, entry.GradientChange);
        entry.Curvature = TensorPrimitives.Dot<float>(entry.Step, entry.GradientChange);
        if (entry.Curvature == 0)
            return false;
        _entries.Add(entry);
        return true;
    }

    /// <summary>Multiplies a direction by the inverse Hessian, in place. Steps of negative curvature are left out.</summary>
    public void MapByInverseHessian(float[] direction)
    {
        int last = _entries.FindLastIndex(e => e.Curvature > 0);
        if (last < 0)
            return;

        var alphas = new float[_entries.Count];
        for (int i = last; i >= 0; i--)
        {
            var entry = _entries[i];
            if (entry.Curvature <= 0)
                continue;
            alphas[i] = -TensorPrimitives.Dot<float>(entry.Step, direction) / entry.Curvature;
            TensorPrimitives.MultiplyAdd(entry.GradientChange, alphas[i], direction, direction);
        }

        var newest = _entries[last];
        float norm = TensorPrimitives.Dot<float>(newest.GradientChange, newest.GradientChange);
        TensorPrimitives.Multiply(direction, newest.Curvature / norm, direction);

        for (int i = 0; i <= last; i++)
        {
            var entry = _entries[i];
            if (entry.Curvature <= 0)
                continue;
            float beta = TensorPrimitives.Dot<float>(entry.GradientChange, direction) / entry.Curvature;
            TensorPrimitives.MultiplyAdd(entry.Step, -alphas[i] - beta, direction, direction);
        }
    }
}
