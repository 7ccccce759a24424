using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Inputs that no data set has, and that a service gets one day.</summary>
internal static class EdgeInputs
{
    private const double Large = 1000;

    // A float's smallest normal number is 1.2e-38; this one may be squared once.
    private const double Tiny = 1e-18;

    private const int Rows = 3;

    /// <summary>Each with its name. The inputs belong to the caller.</summary>
    /// <param name="row">One real row an input of the graph, [1, …].</param>
    public static IEnumerable<(string Name, Tensor[] Inputs)> Of(IReadOnlyList<Tensor> row)
    {
        yield return ("zeros", [.. row.Select(r => Filled(r, 0))]);
        yield return ("ones", [.. row.Select(r => Filled(r, 1))]);
        if (row.Any(r => r.dtype != ScalarType.Float32))
        {
            yield break; // indices have no other edges that TorchSharp takes
        }

        yield return ("large", [.. row.Select(r => Filled(r, Large))]);
        yield return ("tiny", [.. row.Select(r => Filled(r, Tiny))]);
        yield return ("NaN", [.. row.Select(WithNaN)]);
    }

    private static Tensor Filled(Tensor row, double value) => full([Rows, .. row.shape.Skip(1)], value, dtype: row.dtype);

    // The middle row of three is not a number: its output must be what TorchSharp makes of it, its neighbours' as ever.
    private static Tensor WithNaN(Tensor row)
    {
        using Tensor nothing = full_like(row, double.NaN);
        return cat([row, nothing, row], 0);
    }
}
