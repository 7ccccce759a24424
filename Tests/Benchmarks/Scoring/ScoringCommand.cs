using Microsoft.ML;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Benchmarks;

/// <summary><c>scoring</c>: encoding rows through ML.NET, against stock ML.NET and ONNX Runtime by itself.</summary>
/// <param name="context">Console, error stream and clock.</param>
internal sealed class ScoringCommand(CliContext context) : BenchmarkCommand(
    "scoring",
    "Encodes Fashion-MNIST through ML.NET, stock ML.NET and ONNX Runtime by itself, in turn, and compares the speed.",
    ["mlp-100", "dense-30", "conv-2", "conv-49"],
    context)
{
    /// <inheritdoc/>
    protected override async Task<object> RunAsync(IReadOnlyList<Architecture> architectures, int rounds, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        var data = new ScoringData(await LoadAsync("fashion-mnist", cancellationToken), ml);
        var benchmark = new ScoringBenchmark(data, ml, rounds);
        string folder = Directory.CreateTempSubdirectory("onnxae-benchmark-").FullName;
        try
        {
            List<ScoringRate> rates = [];
            foreach (Architecture architecture in architectures)
            {
                string model = ScoringData.Export(architecture, folder);
                rates.Add(await ProgressDisplay.For(Context).RunAsync(
                    $"Scoring {architecture.Name}", step => Task.FromResult(benchmark.Run(architecture.Name, model, step.Report, cancellationToken))));
            }

            Write(rates);
            return new { Processors = Environment.ProcessorCount, Libraries = LibraryVersion.Describe(), Models = rates };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Write(IReadOnlyList<ScoringRate> rates)
    {
        var table = new ResultTable(
            "encoder", "#rows/s", "#ONNX Runtime", "#ratio", "#stock", "#ratio", "#1 thread", "#ratio", "#bytes/row", "#first row");
        var aims = new ResultTable("encoder", "#", "figure", "aim", "");
        foreach (ScoringRate rate in rates)
        {
            table.Add(
                rate.Id,
                $"{rate.RowsPerSecond:N0}",
                $"{rate.RawRowsPerSecond:N0}",
                Quantity.Fixed(rate.RatioToRaw, 2),
                $"{rate.StockRowsPerSecond:N0}",
                Quantity.Fixed(rate.RatioToStock, 1),
                $"{rate.TunedStockRowsPerSecond:N0}",
                Quantity.Fixed(rate.RatioToTunedStock, 1),
                Quantity.Fixed(rate.BytesPerRow, 1),
                $"{rate.FirstRowMilliseconds:F0} ms");
            foreach (ScoringAim aim in rate.Aims)
            {
                string bound = $"{(aim.IsMost ? "at most" : "at least")} {aim.Bound:0.##}";
                aims.Add(rate.Id, Quantity.Fixed(aim.Found, 2), aim.Figure, bound, aim.IsMet ? "met" : "missed");
            }
        }

        table.Write(Context);
        aims.Write(Context);
        foreach (ScoringRate rate in rates)
        {
            Context.WriteLine(
                $"{rate.Id}: batches of {rate.BatchSize}; {rate.ProcessorRatioToRaw:F2} of ONNX Runtime by processor time, whose best setting is {rate.RawSetting}");
        }

        Context.WriteLine($"{Environment.ProcessorCount} processors");
    }
}
