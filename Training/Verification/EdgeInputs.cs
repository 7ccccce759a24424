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

    /// <summary>
    /// Rows of large numbers, at least: what rounding can do shows in many. In 16 TorchSharp was lucky where vae-2 takes large
    /// terms from each other (a ninth of the graph's rounding; in 64 and more they are level).
    /// </summary>
    public const int LargeRows = 256;

    /// <summary>Each with its name and its batches of one tensor an input. The tensors belong to the caller's dispose scope, those of the large ones to the batch.</summary>
    /// <param name="row">One real row an input of the graph, [1, …].</param>
    /// <param name="rows">Rows a batch.</param>
    public static IEnumerable<(string Name, IEnumerable<Tensor[]> Batches)> Of(IReadOnlyList<Tensor> row, int rows)
    {
        yield return ("zeros", [[.. row.Select(r => Filled(r, rows, 0))]]);
        yield return ("ones", [[.. row.Select(r => Filled(r, rows, 1))]]);
        if (row.Any(r => r.dtype != ScalarType.Float32))
        {
            yield break; // indices have no other edges that TorchSharp takes
        }

        yield return ("large", Rising(row, rows));
        yield return ("tiny", [[.. row.Select(r => Filled(r, rows, Tiny))]]);
        yield return (NaN, [[.. row.Select(r => WithNaN(r, rows))]]);
    }

    /// <summary>
    /// Whether a NaN went lost on the input that has some: kernels of ONNX Runtime's, a padded MaxPool for one, look past it,
    /// whatever the graph says. On any other input it is a difference.
    /// </summary>
    public static bool IsLostNaN(string input, float found, float expected) => input == NaN && float.IsNaN(expected) && !float.IsNaN(found);

    private static Tensor Filled(Tensor row, int rows, double value) => full([rows, .. row.shape.Skip(1)], value, dtype: row.dtype);

    // 1000 and up to twice as much, another in each row of each batch.
    private static IEnumerable<Tensor[]> Rising(IReadOnlyList<Tensor> row, int rows)
    {
        int batches = (LargeRows + rows - 1) / rows;
        for (int b = 0; b < batches; b++)
        {
            using var scope = NewDisposeScope();
            int first = b * rows;
            yield return [.. row.Select(r => cat([.. Enumerable.Range(first, rows).Select(i => Filled(r, 1, Large * (1 + ((double)i / (batches * rows)))))], 0))];
        }
    }

    // One row among real ones is not a number: its output must be what TorchSharp makes of it, its neighbours' as ever.
    private static Tensor WithNaN(Tensor row, int rows)
    {
        using Tensor nothing = full_like(row, double.NaN);
        return cat([.. Enumerable.Range(0, rows).Select(i => i == rows / 2 ? nothing : row)], 0);
    }
}
