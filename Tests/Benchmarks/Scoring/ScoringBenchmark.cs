using System.Diagnostics;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference;

namespace OnnxAE.Benchmarks;

/// <summary>
/// Scores the same rows in several ways, one after the other, round by round, so that whatever else the machine does
/// meets all alike. The setting of raw ONNX Runtime that is compared with is looked for first.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="ml">The context that the rows' views are made in.</param>
/// <param name="rounds">Rounds of each to measure, after those to warm up.</param>
internal sealed class ScoringBenchmark(ScoringData data, MLContext ml, int rounds)
{
    private const double SearchShare = 0.2; // of the time, for the progress bar
    private const double SearchSeconds = 0.25; // of one setting
    private const int Finalists = 3; // settings of raw ONNX Runtime that are measured in full
    private const double LongPassSeconds = 2.5; // rounds of slower networks share out the rows
    private const int WarmUpRounds = 4; // until .NET has compiled again what runs often: it counts calls,
    private const int WarmUpRows = 1000; // and many short passes make many

    private static readonly int[] Batches = [1, 16, 64, 256, 1024];

    /// <summary>Measures one network.</summary>
    /// <param name="id">The network's id.</param>
    /// <param name="model">Its encoder, an ONNX file of pixels to codes.</param>
    /// <param name="report">Takes how much is done, 0 to 1, and a few words.</param>
    /// <param name="cancellationToken">Stops it between passes.</param>
    public ScoringRate Run(string id, string model, Action<double, string> report, CancellationToken cancellationToken)
    {
        BatchedOnnxTransformer transformer = Encoder(model).Fit(data.View(0, 1));
        var ours = new ViewScorer("ours", data, transformer);
        ViewScorer stock = Stock("stock", model, null);
        ViewScorer tuned = Stock("stock, 1 thread", model, 1);
        List<Scorer> scorers = [ours, stock, tuned];
        try
        {
            var raw = FindBest(model, (done, status) => report(SearchShare * done, $"{id}, {status}"), cancellationToken);
            scorers.AddRange(raw.Select(found => found.Scorer));
            bool isSliced = data.Rows / raw[0].Rate > LongPassSeconds;
            for (int round = -WarmUpRounds; round < rounds; round++)
            {
                (int first, int count) = round < 0 ? (0, Math.Min(data.Rows, WarmUpRows)) : isSliced ? Slice(round, rounds, data.Rows) : (0, data.Rows);
                foreach (Scorer scorer in scorers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    scorer.Measure(first, count, isKept: round >= 0);
                }

                double done = (round + WarmUpRounds + 1.0) / (WarmUpRounds + rounds);
                report(SearchShare + ((1 - SearchShare) * done), round < 0 ? $"{id}, warming up" : $"{id}, {ours.Rates[round]:F0} rows a second");
            }

            RawScorer best = raw.Select(found => found.Scorer).MaxBy(scorer => scorer.Rates.Median())!;
            return new ScoringRate(
                id,
                data.Rows,
                isSliced,
                ours.Rates.Median(),
                transformer.BatchSize,
                best.Rates.Median(),
                best.Name,
                stock.Rates.Median(),
                tuned.Rates.Median(),
                RatioToRaw: Ratio(ours.Rates, best.Rates),
                ProcessorRatioToRaw: Ratio(ours.ProcessorRates, best.ProcessorRates),
                RatioToStock: Ratio(ours.Rates, stock.Rates),
                RatioToTunedStock: Ratio(ours.Rates, tuned.Rates),
                ours.BytesPerRow,
                FirstRowMilliseconds: Enumerable.Range(0, rounds).Select(_ => FirstRow(model)).Median(),
                scorers.ToDictionary(scorer => scorer.Name, scorer => scorer.Rates));
        }
        finally
        {
            scorers.ForEach(scorer => scorer.Dispose());
        }
    }

    /// <summary>The rows of a round, where all rounds together score all rows.</summary>
    public static (int First, int Count) Slice(int round, int rounds, int rows)
    {
        int first = (int)((long)round * rows / rounds);
        return (first, (int)((round + 1L) * rows / rounds) - first);
    }

    // The median of the ratios, round by round.
    private static double Ratio(List<double> ours, List<double> theirs) => ours.Zip(theirs, (a, b) => a / b).Median();

    // Every number of rows a call, with each way to share out the processors; one call more than there are may hide gaps.
    private static IReadOnlyList<(int Threads, int Concurrent, int Batch)> Settings()
    {
        int threads = Environment.ProcessorCount;
        var even = Enumerable.Range(0, 10).Select(i => 1 << i).TakeWhile(t => t < threads).Select(t => (Threads: t, Concurrent: threads / t));
        (int Threads, int Concurrent)[] shares = [(1, 1), (threads, 1), .. even, (threads, threads), (1, threads + 1)];
        return [.. from share in shares.Distinct() from batch in Batches select (share.Threads, share.Concurrent, batch)];
    }

    // The best few of all settings, by a short run of each; the best first.
    private List<(RawScorer Scorer, double Rate)> FindBest(string model, Action<double, string> report, CancellationToken cancellationToken)
    {
        List<(RawScorer Scorer, double Rate)> found = [];
        var settings = Settings();
        foreach ((int i, (int threads, int concurrent, int batch)) in settings.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var scorer = new RawScorer(data, model, batch, threads, concurrent);
            int rows = Math.Min(data.Rows, batch * concurrent);
            double seconds = scorer.Score(0, rows);
            while (seconds < SearchSeconds && rows < data.Rows)
            {
                rows = (int)Math.Min(data.Rows, rows * 4L);
                seconds = scorer.Score(0, rows);
            }

            report((i + 1.0) / settings.Count, $"ONNX Runtime, {scorer.Name}: {rows / seconds:F0} rows a second");
            found.Add((scorer, rows / seconds));
            found.Sort((a, b) => b.Rate.CompareTo(a.Rate));
            if (found.Count > Finalists)
            {
                found[Finalists].Scorer.Dispose();
                found.RemoveAt(Finalists);
            }
        }

        return found;
    }

    private BatchedOnnxEstimator Encoder(string model) => ml.Transforms.ApplyOnnxEncoder(ScoringData.Code, ScoringData.Pixels, model);

    private ViewScorer Stock(string name, string model, int? threads)
    {
        var options = new OnnxOptions
        {
            ModelFile = model,
            InputColumns = [ScoringData.Pixels],
            OutputColumns = [ScoringData.Code],
            IntraOpNumThreads = threads,
        };
        return new ViewScorer(name, data, ml.Transforms.ApplyOnnxModel(options).Fit(data.View(0, 1)));
    }

    private double FirstRow(string model)
    {
        IDataView view = data.View(0, data.Rows);
        long begin = Stopwatch.GetTimestamp();
        using BatchedOnnxTransformer transformer = Encoder(model).Fit(view);
        ViewScorer.Read(transformer.Transform(view), most: 1);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
