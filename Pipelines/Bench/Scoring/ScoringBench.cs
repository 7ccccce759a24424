using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines.Bench;

/// <summary>
/// Scores the same rows in several ways, one after the other, round by round, so that whatever else the machine does
/// meets all alike. The setting of raw ONNX Runtime that is compared with is looked for first.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="peer">onnxruntime-node; null without it.</param>
/// <param name="rounds">Rounds of each to measure, after those to warm up.</param>
internal sealed class ScoringBench(ScoringData data, NodePeer? peer, int rounds)
{
    /// <summary>Rows of a call that are tried.</summary>
    public static readonly IReadOnlyList<int> Batches = [1, 16, 64, 256, 1024];

    /// <summary>Rounds of few rows, which nobody looks at, before the others.</summary>
    public const int WarmUpRounds = 4;

    private const string Pixels = "Pixels"; // the column of the view
    private const double SearchSeconds = 0.25; // of one setting
    private const int WarmUpRows = 1000;
    private const int Finalists = 3; // settings of raw ONNX Runtime that are measured in full
    private const string Ours = "ours";
    private const string Stock = "stock";
    private const string Tuned = "stock, 1 thread";
    private const string Node = "onnxruntime-node";

    private readonly MLContext ml = new(seed: 1);

    /// <summary>About how long looking for the best setting takes, by the seconds of a row.</summary>
    public static double SearchSecondsFor(double row) => Settings().Sum(
        setting => (2.5 * SearchSeconds) + Math.Max(0, setting.Concurrent * row * (setting.Batch - (SearchSeconds / row))));

    /// <summary>Measures one network.</summary>
    /// <param name="plan">The network and its rounds.</param>
    /// <param name="report">Takes the seconds of the plan that lie behind, and a few words.</param>
    /// <param name="cancellationToken">Stops it between passes.</param>
    public ScoringRate Run(ScoringPlan plan, Action<double, string> report, CancellationToken cancellationToken)
    {
        string model = plan.Model;
        peer?.Open(model, Batches, Environment.ProcessorCount, data.Rows);
        BatchedOnnxTransformer transformer = Encoder(model).Fit(data.View(ml, 0, 1));
        var ours = new ViewScorer(Ours, data, ml, transformer);
        List<IScorer> scorers = [ours, StockScorer(Stock, model, null), StockScorer(Tuned, model, 1)];
        try
        {
            List<RawSession> raw = FindBest(plan, report, cancellationToken);
            scorers.AddRange(raw);
            var times = scorers.ToDictionary(s => s.Name, _ => new RoundTimes(rounds));
            var node = new RoundTimes(rounds);
            WarmUp(scorers, cancellationToken);
            for (int round = 0; round < rounds; round++)
            {
                (int first, int count) = plan.RowsOf(round, rounds, data.Rows);
                foreach (IScorer scorer in scorers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    times[scorer.Name].Measure(scorer, round, first, count);
                }

                if (peer is not null)
                {
                    node.Measure(peer, round, first, count);
                }

                report(plan.Seconds(round + 1), $"{plan.Id}, {times[Ours].Rates[round]:F0} rows a second");
            }

            RawSession best = raw.MaxBy(r => RoundTimes.Median(times[r.Name].Rates))!;
            RoundTimes mine = times[Ours];
            Dictionary<string, double[]> rates = times.ToDictionary(t => t.Key, t => t.Value.Rates);
            if (peer is not null)
            {
                rates[Node] = node.Rates;
            }

            return new ScoringRate
            {
                Id = plan.Id,
                Rows = data.Rows,
                IsSliced = plan.IsSliced,
                RowsPerSecond = RoundTimes.Median(mine.Rates),
                BatchSize = transformer.BatchSize,
                RawRowsPerSecond = RoundTimes.Median(rates[best.Name]),
                RawSetting = best.Name,
                StockRowsPerSecond = RoundTimes.Median(rates[Stock]),
                TunedStockRowsPerSecond = RoundTimes.Median(rates[Tuned]),
                NodeRowsPerSecond = peer is null ? null : RoundTimes.Median(node.Rates),
                NodeSetting = peer?.Name,
                RatioToRaw = RoundTimes.Ratio(mine.Rates, rates[best.Name]),
                ProcessorRatioToRaw = RoundTimes.Ratio(mine.ProcessorRates, times[best.Name].ProcessorRates),
                RatioToStock = RoundTimes.Ratio(mine.Rates, rates[Stock]),
                RatioToTunedStock = RoundTimes.Ratio(mine.Rates, rates[Tuned]),
                BytesPerRow = ours.BytesPerRow,
                FirstRowMilliseconds = RoundTimes.Median([.. Enumerable.Range(0, rounds).Select(_ => FirstRow(model))]),
                Rounds = rates,
            };
        }
        finally
        {
            scorers.ForEach(s => s.Dispose());
        }
    }

    // Until .NET has compiled again what runs often: it counts calls, and many short passes make many.
    private void WarmUp(List<IScorer> scorers, CancellationToken cancellationToken)
    {
        for (int round = 0; round < WarmUpRounds; round++)
        {
            foreach (IScorer scorer in scorers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                new RoundTimes(1).Measure(scorer, 0, 0, Math.Min(data.Rows, WarmUpRows));
            }
        }
    }

    // Every number of rows a call, with each way to share out the processors; one call more than there are may hide gaps.
    private static IReadOnlyList<(int Threads, int Concurrent, int Batch)> Settings()
    {
        int threads = Environment.ProcessorCount;
        var even = Enumerable.Range(0, 10).Select(i => 1 << i).TakeWhile(t => t < threads).Select(t => (Threads: t, Concurrent: threads / t));
        (int Threads, int Concurrent)[] shares = [(1, 1), (threads, 1), .. even, (threads, threads), (1, threads + 1)];
        return [.. from share in shares.Distinct() from batch in Batches select (share.Threads, share.Concurrent, batch)];
    }

    // The best few of all settings, by a short run of each.
    private List<RawSession> FindBest(ScoringPlan plan, Action<double, string> report, CancellationToken cancellationToken)
    {
        List<(RawSession Session, double Rate)> found = [];
        IReadOnlyList<(int Threads, int Concurrent, int Batch)> settings = Settings();
        for (int i = 0; i < settings.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var session = new RawSession(data, plan.Model, settings[i].Batch, settings[i].Threads, settings[i].Concurrent);
            int rows = Math.Min(data.Rows, settings[i].Batch * settings[i].Concurrent);
            double seconds = session.Score(0, rows);
            while (seconds < SearchSeconds && rows < data.Rows)
            {
                rows = (int)Math.Min(data.Rows, rows * 4L);
                seconds = session.Score(0, rows);
            }

            found.Add((session, rows / seconds));
            report(plan.SearchSeconds * (i + 1) / settings.Count, $"{plan.Id}, ONNX Runtime, {session.Name}: {rows / seconds:F0} rows a second");
            found.Sort((a, b) => b.Rate.CompareTo(a.Rate));
            foreach ((RawSession slower, _) in found.Skip(Finalists))
            {
                slower.Dispose();
            }

            found = [.. found.Take(Finalists)];
        }

        return [.. found.Select(f => f.Session)];
    }

    private BatchedOnnxEstimator Encoder(string model) => ml.Transforms.ApplyOnnxEncoder(ViewScorer.Column, Pixels, model);

    // Its columns must be called like the tensors, as they are here.
    private ViewScorer StockScorer(string name, string model, int? threads)
    {
        var options = new OnnxOptions { ModelFile = model, InputColumns = [Pixels], OutputColumns = [ViewScorer.Column], IntraOpNumThreads = threads };
        return new ViewScorer(name, data, ml, ml.Transforms.ApplyOnnxModel(options).Fit(data.View(ml, 0, 1)));
    }

    private double FirstRow(string model)
    {
        IDataView view = data.View(ml, 0, data.Rows);
        long begin = Stopwatch.GetTimestamp();
        using BatchedOnnxTransformer transformer = Encoder(model).Fit(view);
        ViewScorer.Read(transformer.Transform(view), most: 1);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
