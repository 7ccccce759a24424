using System.Numerics;
using System.Numerics.Tensors;

namespace OnnxAE.Inference;

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
            _panels.Add(new float[dimension * PanelRows]);
        Count++;
        double norm = TensorPrimitives.Norm(row);
        if (!(norm > 0) || !double.IsFinite(norm))
            return;
        float[] panel = _panels[^1];
        for (int i = 0; i < row.Length; i++)
            panel[(i * PanelRows) + slot] = (float)(row[i] / norm);
    }
}
