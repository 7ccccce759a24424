using System.Diagnostics;
using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Benchmarks;

/// <summary>
/// The matrix products that training a dense network comes down to, timed by themselves: what the machine allows a
/// training step at best.
/// </summary>
internal static class MatrixProducts
{
    private const double MinimumSeconds = 0.3; // a measurement shorter than this shows the clock and the neighbours

    /// <summary>The products of one training step; null where the network has other layers of weights than dense ones.</summary>
    /// <param name="model">The network.</param>
    /// <param name="batch">Images a step.</param>
    public static IReadOnlyList<(long Rows, long Inner, long Columns)>? Of(Autoencoder model, int batch)
    {
        var layers = model.modules().OfType<Linear>().ToList();
        if (layers.Sum(layer => layer.weight.numel() + (layer.bias?.numel() ?? 0)) != model.parameters().Sum(p => p.numel()))
        {
            return null;
        }

        var products = new List<(long, long, long)>();
        foreach (Linear layer in layers)
        {
            products.Add((batch, layer.in_features, layer.out_features)); // the output
            products.Add((layer.out_features, batch, layer.in_features)); // the weights' gradient
            if (layer != layers[0])
            {
                products.Add((batch, layer.out_features, layer.in_features)); // the input's gradient; pixels need none
            }
        }

        return products;
    }

    /// <summary>Multiplications and additions, each counted.</summary>
    public static double Flops(IEnumerable<(long Rows, long Inner, long Columns)> products) =>
        products.Sum(p => 2.0 * p.Rows * p.Inner * p.Columns);

    /// <summary>Measures the rate of the products one after the other, each into memory of its own as in training.</summary>
    /// <returns>Billions of multiplications and additions a second.</returns>
    public static double MeasureGigaFlops(IReadOnlyList<(long Rows, long Inner, long Columns)> products)
    {
        using var outer = NewDisposeScope();
        using var gradients = no_grad();
        var factors = products.Select(p => (Left: rand(p.Rows, p.Inner), Right: rand(p.Inner, p.Columns))).ToList();
        RunOnce(factors);
        int steps = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < MinimumSeconds)
        {
            RunOnce(factors);
            steps++;
        }

        return steps * Flops(products) / Stopwatch.GetElapsedTime(begin).TotalSeconds / 1e9;
    }

    private static void RunOnce(List<(Tensor Left, Tensor Right)> factors)
    {
        foreach (var (left, right) in factors)
        {
            left.mm(right).Dispose();
        }
    }
}
