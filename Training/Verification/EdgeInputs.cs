using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Inputs that no data set has, and that a service gets one day.</summary>
internal static class EdgeInputs
{
    private const double Large = 1000;

    // A float's smallest normal number is 1.2e-38; this one may be squared once.
    private const double Tiny = 1e-18;

    private const string NaN = "NaN";

    /// <summary>Rows a batch, where the graph leaves them open.</summary>
    public const int Rows = 16;

    /// <summary>Each with its name and its batch, one tensor an input. The tensors belong to the caller's dispose scope.</summary>
    /// <param name="row">One real row an input of the graph, [1, …].</param>
    /// <param name="rows">Rows a batch.</param>
    public static IEnumerable<(string Name, Tensor[] Batch)> Of(IReadOnlyList<Tensor> row, int rows)
    {
        yield return ("zeros", [.. row.Select(r => Filled(r, rows, 0))]);
        yield return ("ones", [.. row.Select(r => Filled(r, rows, 1))]);
        if (row.Any(r => r.dtype != ScalarType.Float32))
        {
            yield break; // indices have no other edges that TorchSharp takes
        }

        yield return ("large", [.. row.Select(r => Rising(r, rows))]);
        yield return ("tiny", [.. row.Select(r => Filled(r, rows, Tiny))]);
        yield return (NaN, [.. row.Select(r => WithNaN(r, rows))]);
    }

    /// <summary>
    /// Whether a NaN went lost on the input that has some: kernels of ONNX Runtime's, a padded MaxPool for one, look past it,
    /// whatever the graph says. On any other input it is a difference.
    /// </summary>
    public static bool IsLostNaN(string input, float found, float expected) => input == NaN && float.IsNaN(expected) && !float.IsNaN(found);

    private static Tensor Filled(Tensor row, int rows, double value) => full([rows, .. row.shape.Skip(1)], value, dtype: row.dtype);

    // 1000 and up to twice as much, another number in each row.
    private static Tensor Rising(Tensor row, int rows) => cat([.. Enumerable.Range(0, rows).Select(i => Filled(row, 1, Large * (1 + ((double)i / rows))))]);

    // One row among real ones is not a number: its output must be what TorchSharp makes of it, its neighbours' as ever.
    private static Tensor WithNaN(Tensor row, int rows)
    {
        using Tensor nothing = full_like(row, double.NaN);
        return cat([.. Enumerable.Range(0, rows).Select(i => i == rows / 2 ? nothing : row)], 0);
    }
}
